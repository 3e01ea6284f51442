package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the columns of one table.
 *
 * @param fresh columns that the migration makes, under the names they end with
 * @param gone columns that are hidden at contract, under the names they have before
 */
record Fate(List<Fresh> fresh, List<String> gone) {
  Fate {
    fresh = List.copyOf(fresh);
    gone = List.copyOf(gone);
  }

  /**
   * A column that the migration makes.
   *
   * @param stored its name until contract
   * @param place of the change that makes it
   * @param filled whether rows that were there get a value by backfill
   */
  record Fresh(String name, String stored, int place, boolean filled) {}

  static Fate of(Ground ground, TableName table) {
    List<PlacedChange> changes = ground.outline().of(table);
    return new Fate(
        changes.stream().flatMap(c -> fresh(ground, table, c).stream()).toList(),
        changes.stream().flatMap(c -> gone(ground, table, c).stream()).toList());
  }

  /** The column with the name that the new version of the application uses. */
  Optional<Fresh> fresh(String name) {
    return fresh.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** Where the value of a column of the new row is stored until contract. */
  String stored(String name) {
    return fresh(name).map(Fresh::stored).orElse(name);
  }

  /** Whether the name means nothing, or something else, once old clients are gone. */
  boolean goes(String name) {
    return gone.contains(name) && fresh(name).isEmpty();
  }

  private static Optional<Fresh> fresh(Ground ground, TableName table, PlacedChange placed) {
    if (placed.change() instanceof Change.AddColumn add) {
      String name = add.column().name();
      boolean volatileDefault =
          add.column().defaultValue().filter(d -> !ground.dialect().constant(d)).isPresent();
      boolean filled = add.computed() || volatileDefault;
      return Optional.of(new Fresh(name, name, placed.place(), filled));
    }
    if (placed.change() instanceof Change.RenameColumn rename) {
      return Optional.of(new Fresh(rename.to(), rename.to(), placed.place(), true));
    }
    return shadowed(ground, table, placed)
        .map(name -> new Fresh(name, Naming.shadow(name), placed.place(), true));
  }

  private static Optional<String> gone(Ground ground, TableName table, PlacedChange placed) {
    if (placed.change() instanceof Change.DropColumn drop) {
      return Optional.of(drop.column());
    }
    if (placed.change() instanceof Change.RenameColumn rename) {
      return Optional.of(rename.from());
    }
    return shadowed(ground, table, placed);
  }

  private static Optional<String> shadowed(Ground ground, TableName table, PlacedChange placed) {
    if (placed.change() instanceof Change.AlterColumn alter) {
      return ground
          .observation()
          .table(table)
          .flatMap(t -> t.column(alter.column()))
          .filter(c -> Alteration.of(ground, placed, alter, c).shadow())
          .map(Observation.TableColumn::name);
    }
    return Optional.empty();
  }
}
