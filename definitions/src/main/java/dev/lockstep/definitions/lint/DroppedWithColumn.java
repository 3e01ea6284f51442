package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Scene;
import java.util.List;
import java.util.stream.Stream;

/** Indexes and constraints that go with a column. */
final class DroppedWithColumn implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.DropColumn.class)
        .flatMap(c -> scene.table(c.table()).stream().flatMap(t -> of(t, c.column())));
  }

  private static Stream<Hazard> of(Table table, String column) {
    Stream<String> indexes =
        table.indexes().stream()
            .filter(i -> i.columns().contains(column) && i.constraint().isEmpty())
            .map(Index::name);
    Stream<String> constraints =
        table.constraints().stream()
            .filter(c -> c.columns().contains(column) && c.referrer().isEmpty())
            .map(TableConstraint::name);
    List<String> names = Stream.concat(indexes, constraints).toList();
    return names.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Hazards.DROPPED_WITH_COLUMN.found(
                String.join(", ", names) + " of " + table.name() + " go with column " + column));
  }
}
