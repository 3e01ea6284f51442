package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the rollout of a Deployment is, judged from its status in the order of {@code kubectl
 * rollout status}: the controller has seen the newest spec; it has not given up; every wanted pod
 * is of the new template; no other pod is left; every new pod is available.
 *
 * @param available new pods that are available
 * @param wanted replicas
 * @param reasons why it is not complete, for people; empty only where it is complete
 */
record DeploymentProgress(State state, int available, int wanted, List<String> reasons) {
  /** The condition by which the controller reports progress. */
  private static final String PROGRESSING = "Progressing";

  /** Its reason once {@code progressDeadlineSeconds} passed without progress. */
  private static final String GIVEN_UP = "ProgressDeadlineExceeded";

  DeploymentProgress {
    reasons = List.copyOf(reasons);
  }

  enum State {
    COMPLETE,
    GOING_ON,
    GIVEN_UP
  }

  static DeploymentProgress of(Deployment deployment) {
    int wanted = number(deployment.getSpec().getReplicas(), 1);
    DeploymentStatus status =
        Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
    List<String> reasons = new ArrayList<>();
    if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
      reasons.add("the Deployment is paused (kubectl rollout resume)");
    }
    if (number(status.getObservedGeneration()) < number(deployment.getMetadata().getGeneration())) {
      reasons.add("the controller has not seen the new template yet");
      return new DeploymentProgress(State.GOING_ON, 0, wanted, reasons);
    }
    int available =
        Math.min(number(status.getAvailableReplicas(), 0), number(status.getUpdatedReplicas(), 0));
    Optional<DeploymentCondition> givenUp = givenUp(status);
    if (givenUp.isPresent()) {
      reasons.add("the controller gave up: " + givenUp.get().getMessage());
      return new DeploymentProgress(State.GIVEN_UP, available, wanted, reasons);
    }
    reasons.addAll(countReasons(status, wanted));
    return new DeploymentProgress(
        reasons.isEmpty() ? State.COMPLETE : State.GOING_ON, available, wanted, reasons);
  }

  private static List<String> countReasons(DeploymentStatus status, int wanted) {
    int updated = number(status.getUpdatedReplicas(), 0);
    int all = number(status.getReplicas(), 0);
    int available = number(status.getAvailableReplicas(), 0);
    if (updated < wanted) {
      return List.of(updated + " of " + wanted + " pods are new");
    }
    if (all > updated) {
      return List.of((all - updated) + " old pods are left");
    }
    if (available < updated) {
      return List.of(available + " of " + updated + " new pods are available");
    }
    return List.of();
  }

  private static Optional<DeploymentCondition> givenUp(DeploymentStatus status) {
    return status.getConditions().stream()
        .filter(c -> PROGRESSING.equals(c.getType()) && GIVEN_UP.equals(c.getReason()))
        .findFirst();
  }

  private static int number(@Nullable Integer value, int absent) {
    return value == null ? absent : value;
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
