package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Scene;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every delete in the referenced table reads the whole referring one. */
final class ForeignKeyWithoutIndex implements Rule {
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
    Stream<List<String>> there =
        scene.table(table).stream()
            .flatMap(t -> t.indexes().stream())
            .map(Observation.Index::columns);
    Stream<List<String>> made =
        scene
            .every(Change.CreateIndex.class)
            .filter(i -> i.table().equals(table))
            .map(Change.CreateIndex::columns);
    return Stream.concat(there, made).anyMatch(index -> begins(index, columns));
  }

  private static boolean begins(List<String> index, List<String> columns) {
    return index.size() >= columns.size()
        && new TreeSet<>(index.subList(0, columns.size())).equals(new TreeSet<>(columns));
  }
}
