package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableName;
import java.util.stream.Stream;

/** A table without statistics. */
final class NeverAnalysed implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    Stream<TableName> walked =
        Stream.concat(
            scene.actions(Action.Backfill.class).map(Action.Backfill::table),
            scene.actions(Action.Verify.class).map(Action.Verify::table));
    return walked
        .distinct()
        .flatMap(name -> scene.observation().table(name).stream())
        .filter(t -> t.rows() < 0)
        .map(
            t ->
                Hazards.NEVER_ANALYSED.found(
                    "table " + t.name() + " was never analysed: its size is not known"));
  }
}
