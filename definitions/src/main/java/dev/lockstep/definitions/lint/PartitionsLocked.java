package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Partitions;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableLock;
import java.util.stream.Stream;

/** A lock of a partitioned table is one of every partition. */
final class PartitionsLocked implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    Stream<TableLock> locks =
        scene.actions(Action.Statements.class).flatMap(s -> s.locks().stream());
    return locks
        .map(TableLock::table)
        .distinct()
        .flatMap(name -> scene.observation().table(name).stream())
        .flatMap(t -> t.partitions().map(p -> found(t, p)).stream());
  }

  private static Hazard found(Table table, Partitions partitions) {
    int tables = partitions.tables().size();
    return Hazards.PARTITIONS_LOCKED.found(
        "each lock on "
            + table.name()
            + " is also one on each of its "
            + tables
            + " partitions, and whoever uses one of them is waited for");
  }
}
