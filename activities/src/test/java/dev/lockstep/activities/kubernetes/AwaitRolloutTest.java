package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.workflows.contract.Progress;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wait for a rollout, against an API server without a controller. */
final class AwaitRolloutTest {
  private static final AwaitRollout.Goal GOAL =
      new AwaitRollout.Goal(
          new TreeMap<>(Map.of("web", "shop-web:1")), Duration.ofMinutes(1), "undo of the rollout");

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final ClusterConnection connection;

  AwaitRolloutTest(@TempDir Path directory) throws IOException {
    server.init();
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
  }

  @AfterEach
  void close() {
    connection.close();
    server.destroy();
  }

  @Test
  void theVerdictOnTheTemplateBeforeDoesNotEndTheUndo() {
    put(deployment(2, true));
    RecordingReporter recording = new RecordingReporter();
    Reporter reporter =
        new Reporter() {
          @Override
          public int attempt() {
            return 1;
          }

          @Override
          public Duration elapsed() {
            return Duration.ZERO;
          }

          @Override
          public void alive() {
            recording.alive();
          }

          @Override
          public void progress(Progress progress) {
            recording.progress(progress);
            put(deployment(1, false));
          }

          @Override
          public void last(Progress progress) {
            recording.last(progress);
          }
        };

    new AwaitRollout(GOAL, deployments(), reporter).run();

    assertThat(recording.reasons()).containsExactly("the controller gave up: timed out");
  }

  @Test
  void aVerdictThatStaysEndsTheWait() {
    put(deployment(2, true));

    assertThatThrownBy(() -> new AwaitRollout(GOAL, deployments(), new RecordingReporter()).run())
        .hasMessageMatching("(?s).*was given up by the controller after ([5-9]|\\d\\d)\\.\\ds: .*");
  }

  private Deployments deployments() {
    return new Deployments(
        connection.client(""),
        new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web"),
        "undo/web");
  }

  private void put(Deployment deployment) {
    connection.client("").resource(deployment).createOr(existing -> existing.update());
  }

  private static Deployment deployment(int pods, boolean givenUp) {
    DeploymentBuilder deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("web")
            .withUid("web-uid")
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .withNewSelector()
            .addToMatchLabels("app", "web")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("web")
            .withImage("shop-web:1")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .withObservedGeneration(7L)
            .withReplicas(pods)
            .withUpdatedReplicas(1)
            .withAvailableReplicas(1)
            .endStatus();
    if (givenUp) {
      deployment
          .editStatus()
          .addNewCondition()
          .withType("Progressing")
          .withStatus("False")
          .withReason("ProgressDeadlineExceeded")
          .withMessage("timed out")
          .endCondition()
          .endStatus();
    }
    return deployment.build();
  }
}
