package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.SortedMap;

/** The notes of a Deployment, and what is said where they do not fit it. */
final class Notes {
  private Notes() {}

  /**
   * The note of a step of a run.
   *
   * @param asking the step that needs it, for the fault
   */
  static Optional<RolloutNote> find(Deployment deployment, RunKey run, String step, String asking) {
    String name = RolloutNote.name(run, step);
    return Optional.ofNullable(deployment.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(name))
        .map(json -> RolloutNote.parse(name, json, asking));
  }

  /**
   * Looks whether every image is the one before the step or the one after it.
   *
   * @throws ApplicationFailure WORKLOAD_CHANGED where one is neither: it was set by somebody else
   */
  static void requireNobodyElse(Deployment now, RolloutNote note, String step) {
    SortedMap<String, String> present = Deployments.images(now);
    note.images()
        .forEach(
            (container, change) -> {
              String image = present.getOrDefault(container, "");
              if (!image.equals(change.after()) && !image.equals(change.before())) {
                throw changed(now, container, change, step);
              }
            });
  }

  private static ApplicationFailure changed(
      Deployment now, String container, RolloutNote.Change change, String step) {
    String image = Deployments.images(now).get(container);
    String present = image == null ? "is gone" : "has the image " + image + owners(now, container);
    return Faults.failure(
        FaultCode.WORKLOAD_CHANGED,
        "container "
            + container
            + " of Deployment "
            + now.getMetadata().getNamespace()
            + "/"
            + now.getMetadata().getName()
            + " "
            + present
            + "; Lockstep had changed it from "
            + change.before()
            + " to "
            + change.after()
            + " and does not overwrite what came later",
        step);
  }

  private static String owners(Deployment now, String container) {
    String owners = String.join(", ", AppliedFields.imageOwners(now, container));
    return owners.isEmpty() ? "" : ", set by " + owners;
  }
}
