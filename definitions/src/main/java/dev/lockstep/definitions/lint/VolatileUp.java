package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Values that cannot be computed a second time. */
final class VolatileUp implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream()
        .flatMap(c -> Stream.of(".up", ".down", ".lookup.value").map(f -> c.path() + f))
        .filter(id -> shadowed(scene, id))
        .flatMap(id -> scene.observation().expression(id).stream())
        .filter(j -> j.error().isEmpty() && !j.immutable())
        .map(
            j ->
                Hazards.VOLATILE_UP.found(
                    j.id() + " may give another value each time: only presence is verified"));
  }

  /** An alteration without rows to compare has questions, but no use for the answers. */
  private static boolean shadowed(Scene scene, String id) {
    return !id.contains(".alterColumn.")
        || scene.steps().stream().map(PlannedStep::id).anyMatch(i -> i.endsWith("-rows"));
  }
}
