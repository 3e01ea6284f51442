package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** The user's triggers, for every row of a backfill. */
final class TriggersPresent implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .actions(Action.Backfill.class)
        .map(Action.Backfill::table)
        .distinct()
        .flatMap(name -> scene.observation().table(name).stream())
        .filter(t -> !t.triggers().isEmpty())
        .map(
            t ->
                Hazards.TRIGGERS_PRESENT.found(
                    "the backfill of "
                        + Figures.of(t)
                        + " fires "
                        + String.join(", ", t.triggers())));
  }
}
