package dev.lockstep.worker.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts through the real client. */
final class RollOutWorkloadTest {
  private static final WorkloadReference ONE =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "one");

  private final RolloutFixture shop;

  RollOutWorkloadTest(@TempDir Path directory) throws IOException {
    shop = new RolloutFixture(directory);
  }

  @BeforeEach
  void createDeployment() {
    shop.withWeb();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void everyPodRunsTheNewImageAfterwards() {
    StepOutcome outcome = shop.rollOut("shop-web:2");

    assertThat(outcome.alreadyDone()).isFalse();
    assertThat(outcome.figures()).containsEntry("pods", 3L).containsKey("durationMillis");
    assertThat(shop.image("web")).isEqualTo("shop-web:2");
    assertThat(shop.image("worker")).isEqualTo("shop-worker:1");
    assertThat(shop.cluster.complete(RolloutFixture.WEB)).isTrue();
    assertThat(shop.notes()).hasSize(1);
    assertThat(shop.reporter.reports()).isNotEmpty().allMatch(r -> r.total() == 3);
  }

  @Test
  void aRolloutThatIsDoneStaysDoneWhateverTheImageIsLater() {
    shop.rollOut("shop-web:2");
    shop.setImage("shop-web:2-hotfix");
    shop.awaitComplete();
    ObjectNode before = shop.deployment();

    StepOutcome again = shop.rollOut("shop-web:2");

    assertThat(again.alreadyDone()).isTrue();
    assertThat(shop.deployment()).isEqualTo(before);
  }

  @Test
  void anImageThatIsThereAlreadyChangesNothing() {
    ObjectNode before = shop.deployment();

    shop.rollOut("shop-web:1");

    assertThat(shop.deployment()).isEqualTo(before);
  }

  @Test
  void theRolloutOfAKilledWorkerIsAdopted() {
    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(() -> shop.rollOut("shop-web:2"))
        .isInstanceOf(RecordingReporter.KilledException.class);
    assertThat(shop.image("web")).isEqualTo("shop-web:2");
    long generation = shop.deployment().at("/metadata/generation").asLong();

    shop.reporter = RecordingReporter.patient();
    StepOutcome outcome = shop.rollOut("shop-web:2");

    assertThat(outcome.figures()).containsEntry("pods", 3L);
    assertThat(shop.deployment().at("/metadata/generation").asLong()).isEqualTo(generation);
    shop.rollBack();
    assertThat(shop.image("web")).isEqualTo("shop-web:1");
  }

  @Test
  void anImageThatSomebodyPutBackBeforeTheRolloutWasDoneIsSetAgain() {
    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(() -> shop.rollOut("shop-web:2"))
        .isInstanceOf(RecordingReporter.KilledException.class);
    shop.setImage("shop-web:1");

    shop.reporter = RecordingReporter.patient();
    shop.rollOut("shop-web:2");

    assertThat(shop.image("web")).isEqualTo("shop-web:2");
  }

  @Test
  void anImageOfSomebodyElseIsNotOverwritten() {
    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(() -> shop.rollOut("shop-web:2"))
        .isInstanceOf(RecordingReporter.KilledException.class);
    shop.setImage("shop-web:9");

    shop.reporter = RecordingReporter.patient();
    assertThatThrownBy(() -> shop.rollOut("shop-web:2"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("WORKLOAD_CHANGED");
              assertThat(failure.isNonRetryable()).isTrue();
            })
        .hasMessageContaining("shop-web:9, set by kubectl-set")
        .hasMessageContaining("from shop-web:1 to shop-web:2");
    assertThat(shop.image("web")).isEqualTo("shop-web:9");
  }

  @Test
  void aRolloutThatNeverBecomesAvailableFailsWithTheReasonsOfThePods() {
    shop.cluster.failImage("shop-web:9", PodFailure.pulling("shop-web:9"));

    assertThatThrownBy(
            () ->
                shop.rollOut(
                    shop.scope(1, RolloutFixture.STEP),
                    new TreeMap<>(Map.of("web", "shop-web:9")),
                    Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("ROLLOUT_FAILED"))
        .hasMessageContaining("Deployment shop/web to {web=shop-web:9} is not complete within 1.0s")
        .hasMessageContaining("1 of 3 pods are new")
        .hasMessageContaining("waiting: ImagePullBackOff, Back-off pulling image \"shop-web:9\"")
        .hasMessageContaining("event: Failed: Back-off pulling image");
    assertThat(shop.runner.images()).containsOnly("shop-web:1").hasSize(3);
  }

  @Test
  void theLogOfACrashedPodIsInTheFailure() {
    shop.cluster.failImage(
        "shop-web:9", new PodFailure("CrashLoopBackOff", "back-off", "starting\nno such table"));

    assertThatThrownBy(
            () ->
                shop.rollOut(
                    shop.scope(1, RolloutFixture.STEP),
                    new TreeMap<>(Map.of("web", "shop-web:9")),
                    Duration.ofSeconds(1)))
        .hasMessageContaining("log: no such table");
  }

  @Test
  void whatTheControllerGivesUpFailsBeforeTheDeadline() {
    ObjectNode impatient = shop.deployment();
    impatient.withObject("/spec").put("progressDeadlineSeconds", 1);
    shop.update("kubectl-edit", impatient);
    shop.awaitComplete();
    shop.cluster.failImage("shop-web:9", PodFailure.pulling("shop-web:9"));

    assertThatThrownBy(() -> shop.rollOut("shop-web:9"))
        .hasMessageContaining("was given up by the controller")
        .hasMessageContaining("ProgressDeadlineExceeded");
  }

  @Test
  void aPausedDeploymentIsAReasonForWaiting() {
    ObjectNode paused = shop.deployment();
    paused.withObject("/spec").put("paused", true);
    shop.update("kubectl-rollout", paused);

    assertThatThrownBy(
            () ->
                shop.rollOut(
                    shop.scope(1, RolloutFixture.STEP),
                    new TreeMap<>(Map.of("web", "shop-web:2")),
                    Duration.ofSeconds(1)))
        .hasMessageContaining("paused (kubectl rollout resume)");
    assertThat(shop.reporter.reasons()).anyMatch(r -> r.contains("paused"));
  }

  @Test
  void anOldPodThatStillEndsIsWaitedFor() throws Exception {
    shop.cluster.create(ONE, 1, Map.of("web", "shop-web:1"));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shop.cluster.complete(ONE));
    shop.runner.endSlowly();
    Action.RollOut action =
        new Action.RollOut(ONE, new TreeMap<>(Map.of("web", "shop-web:2")), Duration.ofSeconds(20));

    CompletableFuture<StepOutcome> rollout =
        CompletableFuture.supplyAsync(
            () -> shop.activities.rollOut(shop.scope(1, RolloutFixture.STEP), action));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> shop.reporter.reasons().stream().anyMatch(r -> r.endsWith("terminating")));
    assertThat(rollout).isNotDone();
    shop.runner.endNow();

    assertThat(rollout.get(20, TimeUnit.SECONDS).figures()).containsEntry("pods", 1L);
  }

  @Test
  void anImageThatAdmissionRewritesIsWaitedForAndUndone() {
    shop.cluster
        .writes()
        .admitBy(
            deployment -> {
              for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
                String image = container.path("image").asText();
                if (image.equals("shop-web:2")) {
                  ((ObjectNode) container).put("image", image + "@sha256:0");
                }
              }
              return deployment;
            });

    shop.rollOut("shop-web:2");
    assertThat(shop.image("web")).isEqualTo("shop-web:2@sha256:0");

    shop.rollBack();
    assertThat(shop.image("web")).isEqualTo("shop-web:1");
  }

  @Test
  void anUnknownContainerIsNamedWithThoseThatAreThere() {
    assertThatThrownBy(
            () ->
                shop.rollOut(
                    shop.scope(1, RolloutFixture.STEP),
                    new TreeMap<>(Map.of("wep", "shop-web:2")),
                    Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("WORKLOAD_UNKNOWN"))
        .hasMessageContaining(
            "Deployment shop/web has no container wep; its containers are web, worker");
    assertThat(shop.notes()).isEmpty();
  }

  @Test
  void laterRolloutsKeepWhatEarlierOnesOwn() {
    StepScope second = shop.scope(1, "rollout/second");
    shop.rollOut("shop-web:2");
    shop.rollOut(second, new TreeMap<>(Map.of("worker", "shop-worker:2")), Duration.ofSeconds(20));

    assertThat(shop.image("web")).isEqualTo("shop-web:2");
    assertThat(shop.image("worker")).isEqualTo("shop-worker:2");
    assertThat(shop.notes()).hasSize(2);
    shop.rollBack(second);
    assertThat(shop.image("web")).isEqualTo("shop-web:2");
    assertThat(shop.image("worker")).isEqualTo("shop-worker:1");
    shop.rollBack();
    assertThat(shop.image("web")).isEqualTo("shop-web:1");
    assertThat(shop.notes()).isEmpty();
  }

  @Test
  void aContainerThatOnlyLockstepOwnsSurvivesTheNextRollout() {
    shop.rollOut("shop-web:2");
    ObjectNode forgotten = shop.deployment();
    Managers managers = Managers.of(forgotten);
    managers.set(Managers.Manager.updating("demo"), Set.of());
    managers.writeTo(forgotten);
    shop.cluster.store().put(SimulatedCluster.place(RolloutFixture.WEB), forgotten);

    shop.rollOut(
        shop.scope(1, "rollout/second"),
        new TreeMap<>(Map.of("worker", "shop-worker:2")),
        Duration.ofSeconds(20));

    assertThat(shop.image("web")).isEqualTo("shop-web:2");
  }

  @Test
  void theNotesOfEndedRunsOfTheSameDefinitionAreDropped() {
    shop.rollOut("shop-web:2");
    shop.rollOut(shop.scope(2, RolloutFixture.STEP), "shop-web:3");

    assertThat(shop.notes()).hasSize(1);
    shop.rollBack(shop.scope(2, RolloutFixture.STEP));
    assertThat(shop.image("web")).isEqualTo("shop-web:2");
  }

  @Test
  void fieldsThatSomebodyElseAppliesUnderOurNameAreNotRemoved() {
    ObjectNode deployment = shop.deployment();
    Managers managers = Managers.of(deployment);
    managers.set(Managers.Manager.applying("lockstep"), Set.of(List.of("f:spec", "f:replicas")));
    managers.writeTo(deployment);
    shop.cluster.store().put(SimulatedCluster.place(RolloutFixture.WEB), deployment);

    assertThatThrownBy(() -> shop.rollOut("shop-web:2"))
        .hasMessageContaining("f:spec/f:replicas")
        .hasMessageContaining("apply them under another manager's name");
    assertThat(shop.image("web")).isEqualTo("shop-web:1");
  }
}
