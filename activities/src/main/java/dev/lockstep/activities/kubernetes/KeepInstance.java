package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives up what this run made of an instance: the note of the run on each object becomes one that
 * no run has. The StatefulSet comes last, so that the next call of a killed worker finds what is
 * left.
 */
record KeepInstance(RunObjects objects, Instance instance) {
  /** Behind the run's name: no run is called so. */
  private static final String KEPT = " (kept)";

  StepOutcome run() {
    List<HasMetadata> made = new InstanceObjects(objects, instance).all();
    made.forEach(this::keep);
    return new StepOutcome(made.isEmpty(), new TreeMap<>());
  }

  private void keep(HasMetadata object) {
    Patches patch = new Patches();
    patch.annotations().put(RunObjects.RUN, objects.run().id() + KEPT);
    objects.patch(object, patch);
  }
}
