package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.kubernetes.DeploymentProgress.State;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeploymentProgressTest {
  @Test
  void everyPodNewAndAvailableIsComplete() {
    DeploymentProgress progress = DeploymentProgress.of(deployment(status(3, 3, 3).build()));

    assertThat(progress.state()).isEqualTo(State.COMPLETE);
    assertThat(progress.reasons()).isEmpty();
    assertThat(progress.available()).isEqualTo(3);
  }

  @Test
  void aTemplateThatTheControllerHasNotSeenIsNotComplete() {
    DeploymentStatus stale = status(3, 3, 3).withObservedGeneration(6L).build();

    assertThat(DeploymentProgress.of(deployment(stale)).reasons())
        .containsExactly("the controller has not seen the new template yet");
  }

  @Test
  void missingNewPodsAreCounted() {
    assertThat(DeploymentProgress.of(deployment(status(4, 1, 3).build())).reasons())
        .containsExactly("1 of 3 pods are new");
  }

  @Test
  void oldPodsAreCounted() {
    assertThat(DeploymentProgress.of(deployment(status(4, 3, 3).build())).reasons())
        .containsExactly("1 old pods are left");
  }

  @Test
  void unavailablePodsAreCounted() {
    assertThat(DeploymentProgress.of(deployment(status(3, 3, 2).build())).reasons())
        .containsExactly("2 of 3 new pods are available");
  }

  @Test
  void aControllerThatGaveUpEndsTheWait() {
    DeploymentStatus givenUp =
        status(4, 1, 3)
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withReason("ProgressDeadlineExceeded")
            .withMessage("ReplicaSet \"web-1\" has timed out progressing.")
            .endCondition()
            .build();

    DeploymentProgress progress = DeploymentProgress.of(deployment(givenUp));

    assertThat(progress.state()).isEqualTo(State.GIVEN_UP);
    assertThat(progress.reasons().get(0)).contains("has timed out progressing");
  }

  @Test
  void theVerdictOfAnEarlierTemplateDoesNotCount() {
    DeploymentStatus earlier =
        status(4, 1, 3)
            .withObservedGeneration(6L)
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withReason("ProgressDeadlineExceeded")
            .endCondition()
            .build();

    assertThat(DeploymentProgress.of(deployment(earlier)).state()).isEqualTo(State.GOING_ON);
  }

  @Test
  void noStatusAtAllIsNotComplete() {
    assertThat(DeploymentProgress.of(deployment(null)).state()).isEqualTo(State.GOING_ON);
  }

  @Test
  void noPodsWantedAndNoneThereIsComplete() {
    Deployment empty =
        new DeploymentBuilder(deployment(status(0, 0, 0).build()))
            .editSpec()
            .withReplicas(0)
            .endSpec()
            .build();

    assertThat(DeploymentProgress.of(empty).state()).isEqualTo(State.COMPLETE);
  }

  private static DeploymentStatusBuilder status(int all, int updated, int available) {
    return new DeploymentStatusBuilder()
        .withObservedGeneration(7L)
        .withReplicas(all)
        .withUpdatedReplicas(updated)
        .withAvailableReplicas(available);
  }

  private static Deployment deployment(@Nullable DeploymentStatus status) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withGeneration(7L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(3)
        .endSpec()
        .withStatus(status)
        .build();
  }
}
