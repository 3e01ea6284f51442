package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** NULL where it was allowed so far. */
final class NullsRefused implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream().flatMap(c -> of(scene, c));
  }

  private static Stream<Hazard> of(Scene scene, Scene.Located located) {
    if (located.change() instanceof Change.AlterColumn alter) {
      return altered(scene, located.path(), alter);
    }
    if (located.change() instanceof Change.AddColumn add && !add.column().nullable()) {
      if (add.lookup().isPresent()) {
        return lookedUp(scene, located.path(), add.table(), add.lookup().orElseThrow());
      }
      return computed(scene, located.path() + ".up", add.table(), add.up());
    }
    if (located.change() instanceof Change.DropColumn drop
        && scene.column(drop.table(), drop.column()).filter(c -> !c.nullable()).isPresent()) {
      return computed(scene, located.path() + ".down", drop.table(), drop.down());
    }
    return Stream.empty();
  }

  private static Stream<Hazard> altered(Scene scene, String path, Change.AlterColumn alter) {
    Optional<TableColumn> column = scene.column(alter.table(), alter.column());
    boolean required =
        !alter.nullable().orElseGet(() -> column.map(TableColumn::nullable).orElse(true));
    if (alter.up().isPresent()) {
      return required ? computed(scene, path + ".up", alter.table(), alter.up()) : Stream.empty();
    }
    return required && column.filter(TableColumn::nullable).isPresent()
        ? Stream.of(
            Hazards.NULLS_REFUSED.found(
                "writes of NULL to column "
                    + alter.column()
                    + " of "
                    + alter.table()
                    + " are refused while the run goes on, and after it"))
        : Stream.empty();
  }

  /** Where the value or what finds it may be NULL, or where nothing says that there is a row. */
  private static Stream<Hazard> lookedUp(Scene scene, String path, String table, Lookup lookup) {
    Stream<String> own =
        lookup.match().keySet().stream()
            .filter(c -> scene.column(table, c).filter(TableColumn::nullable).isPresent())
            .map(c -> c + " may be NULL");
    Stream<String> used =
        scene.observation().expression(path + ".lookup.value").stream()
            .flatMap(j -> j.columns().stream())
            .filter(c -> scene.column(lookup.from(), c).filter(TableColumn::nullable).isPresent())
            .map(c -> c + " of " + lookup.from() + " may be NULL");
    Stream<String> missing =
        lookup.follow()
            ? Stream.empty()
            : Stream.of("a row of " + lookup.from() + " may be missing");
    return Stream.of(own, used, missing)
        .flatMap(s -> s)
        .map(
            why ->
                Hazards.NULLS_REFUSED.found(
                    path
                        + ".lookup: "
                        + why
                        + ": the run fails at verify where it gives NULL, and such writes are"
                        + " refused later"));
  }

  /** An expression for a column without NULLs. */
  private static Stream<Hazard> computed(
      Scene scene, String id, String table, Optional<String> expression) {
    return expression
        .filter(e -> !e.toLowerCase(Locale.ROOT).contains("coalesce"))
        .map(e -> nullableInputs(scene, id, table))
        .orElseGet(Stream::empty);
  }

  private static Stream<Hazard> nullableInputs(Scene scene, String id, String table) {
    boolean old = id.endsWith(".up");
    List<String> inputs =
        scene.observation().expression(id).stream()
            .flatMap(j -> j.columns().stream())
            .filter(c -> old ? there(scene, table, c).orElse(false) : nullable(scene, table, c))
            .toList();
    return inputs.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Hazards.NULLS_REFUSED.found(
                id
                    + " uses "
                    + String.join(", ", inputs)
                    + ", which may be NULL: "
                    + (old
                        ? "the run fails at verify where it gives NULL, and such writes are refused"
                            + " later"
                        : "writes of new clients are refused where it gives NULL")));
  }

  private static Optional<Boolean> there(Scene scene, String table, String column) {
    return scene.column(table, column).map(TableColumn::nullable);
  }

  /** In the new row: as the migration makes it, else as it is. */
  private static boolean nullable(Scene scene, String table, String column) {
    TableName name = TableName.parse(table);
    Stream<Boolean> made =
        scene
            .every(Change.AddColumn.class)
            .filter(a -> TableName.parse(a.table()).equals(name))
            .map(Change.AddColumn::column)
            .filter(c -> c.name().equals(column))
            .map(Column::nullable);
    Stream<Boolean> renamed =
        scene
            .every(Change.RenameColumn.class)
            .filter(r -> TableName.parse(r.table()).equals(name) && r.to().equals(column))
            .flatMap(r -> scene.column(table, r.from()).stream())
            .map(TableColumn::nullable);
    Stream<Boolean> altered =
        scene
            .every(Change.AlterColumn.class)
            .filter(a -> TableName.parse(a.table()).equals(name) && a.column().equals(column))
            .flatMap(a -> a.nullable().stream());
    return Stream.of(made, renamed, altered, there(scene, table, column).stream())
        .flatMap(s -> s)
        .findFirst()
        .orElse(false);
  }
}
