package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every delete in the referenced table reads the whole referring one. */
final class ForeignKeyWithoutIndex implements Rule {
  private static final Pattern PRESENT =
      Pattern.compile("\\s*\\(*[^ ()]+\\)* IS NOT NULL\\)*\\s*", Pattern.CASE_INSENSITIVE);

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.every(Change.AddConstraint.class).flatMap(c -> of(scene, c));
  }

  private static Stream<Hazard> of(Scene scene, Change.AddConstraint change) {
    if (!(change.constraint() instanceof Constraint.ForeignKey key)
        || indexed(scene, change.table(), key.columns())) {
      return Stream.empty();
    }
    String table = scene.table(change.table()).map(Figures::of).orElse(change.table());
    return Stream.of(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX.found(
            "no index of "
                + table
                + " begins with "
                + String.join(", ", key.columns())
                + ": each delete in "
                + key.referencedTable()
                + " reads all of it"));
  }

  private static boolean indexed(Scene scene, String table, List<String> columns) {
    TableName name = TableName.parse(table);
    Stream<List<String>> there =
        scene.table(table).stream()
            .flatMap(t -> t.indexes().stream())
            .filter(i -> i.valid() && whole(i))
            .map(i -> renamed(scene, name, i.columns()));
    Stream<List<String>> made =
        scene
            .every(Change.CreateIndex.class)
            .filter(i -> TableName.parse(i.table()).equals(name))
            .filter(i -> i.where().filter(w -> !PRESENT.matcher(w).matches()).isEmpty())
            .map(Change.CreateIndex::columns);
    Stream<List<String>> keys =
        scene
            .every(Change.CreateTable.class)
            .filter(c -> TableName.parse(c.table()).equals(name))
            .map(c -> c.columns().stream().filter(Column::primaryKey).map(Column::name).toList());
    return Stream.of(there, made, keys).flatMap(s -> s).anyMatch(index -> begins(index, columns));
  }

  /** Rows without a value refer to nothing, so an index need not hold them. */
  private static boolean whole(Observation.Index index) {
    String definition = index.definition();
    int predicate = definition.lastIndexOf(" WHERE ");
    boolean present =
        predicate >= 0 && PRESENT.matcher(definition.substring(predicate + 7)).matches();
    return index.plain()
        || (present
            && new Observation.Index(
                    index.name(),
                    index.columns(),
                    index.unique(),
                    index.valid(),
                    definition.substring(0, predicate),
                    index.constraint())
                .plain());
  }

  /** The index of a renamed column is made for its new name. */
  private static List<String> renamed(Scene scene, TableName table, List<String> columns) {
    return columns.stream()
        .map(
            column ->
                scene
                    .every(Change.RenameColumn.class)
                    .filter(r -> TableName.parse(r.table()).equals(table))
                    .filter(r -> r.from().equals(column))
                    .map(Change.RenameColumn::to)
                    .findFirst()
                    .orElse(column))
        .toList();
  }

  private static boolean begins(List<String> index, List<String> columns) {
    return index.size() >= columns.size()
        && new TreeSet<>(index.subList(0, columns.size())).equals(new TreeSet<>(columns));
  }
}
