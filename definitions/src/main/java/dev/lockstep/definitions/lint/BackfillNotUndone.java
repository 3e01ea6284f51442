package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Values that are overwritten. */
final class BackfillNotUndone implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.migration().steps().stream()
        .flatMap(s -> s instanceof Step.Backfill backfill ? of(scene, backfill) : Stream.empty());
  }

  private static Stream<Hazard> of(Scene scene, Step.Backfill step) {
    return scene.column(step.table(), step.column()).stream()
        .map(
            c ->
                Hazards.BACKFILL_NOT_UNDONE.found(
                    "a rollback does not bring back the values of column "
                        + c.name()
                        + " of "
                        + step.table()));
  }
}
