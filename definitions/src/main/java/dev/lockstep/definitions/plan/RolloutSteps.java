package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Rollout;
import java.time.Duration;
import java.util.Optional;

/** Rollouts of workloads. */
record RolloutSteps(Ground ground, StepList steps) {
  /** As long as a Deployment waits by default before it says that it does not progress. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  static void check(Checks checks, String path, Rollout rollout) {
    Optional<Observation.Workload> workload =
        checks.ground().observation().workloads().stream()
            .filter(w -> w.reference().equals(rollout.workload()))
            .findFirst();
    if (workload.isEmpty()) {
      checks
          .findings()
          .add(
              path + ".workload",
              Code.WORKLOAD_UNKNOWN,
              rollout.workload() + " is not in the cluster");
      return;
    }
    Observation.Workload found = workload.orElseThrow();
    for (String container : rollout.images().keySet()) {
      if (!found.images().containsKey(container)) {
        checks
            .findings()
            .add(
                path + ".containers." + container,
                Code.WORKLOAD_UNKNOWN,
                rollout.workload()
                    + " has no container "
                    + container
                    + "; it has "
                    + String.join(", ", found.images().keySet()));
      }
    }
  }

  void add(Phase phase, Rollout rollout) {
    Duration deadline = rollout.deadline().orElse(DEADLINE);
    Action act = new Action.RollOut(rollout.workload(), rollout.images(), deadline);
    String images = String.join(", ", rollout.images().values());
    steps.add(
        phase,
        "rollout-" + rollout.workload().name(),
        id ->
            Work.of(
                "rolls out " + images + " to " + rollout.workload(),
                act,
                Undo.by(
                    "roll back " + rollout.workload() + " to the images of before",
                    new Action.RollBack(rollout.workload(), id, deadline))));
  }
}
