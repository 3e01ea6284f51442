package dev.lockstep.worker.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.activities.kubernetes.KubernetesQuiesceActivities;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads that stop for a backup and start again, through the real client. */
final class QuiesceWorkloadTest {
  private static final String STEP = "migrate/stop-web";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final RolloutFixture shop;
  private final KubernetesQuiesceActivities hands;

  QuiesceWorkloadTest(@TempDir Path directory) throws IOException {
    shop = new RolloutFixture(directory).withWeb();
    hands = new KubernetesQuiesceActivities(shop.connection, () -> shop.reporter);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private StepOutcome stop(int run, Duration limit) {
    return stop(run, "nightly", limit);
  }

  private StepOutcome stop(int run, String backup, Duration limit) {
    StepScope scope = shop.scope(run, STEP);
    return likeTheEngine(
        () ->
            hands.stopWorkload(
                scope, new BackupStep.StopWorkload(backup, RolloutFixture.WEB, limit)));
  }

  private StepOutcome start(int run, String backup, Duration limit) {
    StepScope scope = shop.scope(run, STEP);
    return likeTheEngine(
        () ->
            hands.startWorkload(
                scope, new BackupStep.StartWorkload(backup, RolloutFixture.WEB, limit)));
  }

  private StepOutcome start(int run) {
    return start(run, "nightly", LIMIT);
  }

  /** Tries again while the controller writes at the same moment, as the engine does. */
  private static StepOutcome likeTheEngine(Supplier<StepOutcome> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (ApplicationFailure failure) {
        if (!failure.getType().equals("WORKLOAD_BUSY") || attempt == 20) {
          throw failure;
        }
      }
    }
  }

  private int replicas() {
    return shop.deployment().at("/spec/replicas").asInt();
  }

  private String note() {
    return shop.deployment().at("/metadata/annotations/lockstep.dev~1still-for-backup").asText();
  }

  private void scale(int replicas) {
    ObjectNode changed = shop.deployment();
    changed.withObject("/spec").put("replicas", replicas);
    shop.update("kubectl-scale", changed);
  }

  @Test
  void noPodRunsAnyMoreAndThenAllOfThemAgain() {
    ObjectNode before = (ObjectNode) shop.deployment().at("/spec");

    StepOutcome stopped = stop(1, LIMIT);

    assertThat(stopped.figures()).containsEntry("pods", 3L).containsKey("durationMillis");
    assertThat(shop.runner.images()).isEmpty();
    assertThat(note()).contains("\"before\":\"3\"");

    StepOutcome started = start(1);

    assertThat(started.figures()).containsEntry("pods", 3L).containsEntry("available", 3L);
    assertThat(shop.deployment().at("/spec")).isEqualTo(before);
    assertThat(shop.runner.images()).hasSize(3);
    assertThat(note()).isEmpty();
  }

  @Test
  void aPodThatEndsSlowlyIsWaitedFor() {
    shop.runner.endSlowly();

    assertThatThrownBy(() -> stop(1, Duration.ofMillis(700)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("QUIESCE_FAILED"))
        .hasMessageContaining("still runs");

    shop.runner.endNow();
    start(1);
    assertThat(replicas()).isEqualTo(3);
    assertThat(note()).isEmpty();
  }

  @Test
  void stoppingTwiceKeepsWhatItHad() {
    stop(1, LIMIT);

    assertThat(stop(1, LIMIT).figures()).containsEntry("pods", 3L);
    start(1);
    assertThat(replicas()).isEqualTo(3);
  }

  @Test
  void startingTwiceOrWithoutAStopDoesNothing() {
    ObjectNode before = shop.deployment();
    assertThat(start(1).alreadyDone()).isTrue();
    assertThat(shop.deployment()).isEqualTo(before);

    stop(1, LIMIT);
    start(1);
    ObjectNode after = shop.deployment();
    assertThat(start(1).alreadyDone()).isTrue();
    assertThat(shop.deployment()).isEqualTo(after);
  }

  @Test
  void aStopThatWasKilledMidwayIsFinishedOrUndone() {
    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(() -> stop(1, LIMIT)).isInstanceOf(RecordingReporter.KilledException.class);
    assertThat(replicas()).isZero();
    shop.reporter = RecordingReporter.patient();

    assertThat(stop(1, LIMIT).figures()).containsEntry("pods", 3L);
    assertThat(shop.runner.images()).isEmpty();

    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(() -> start(1)).isInstanceOf(RecordingReporter.KilledException.class);
    shop.reporter = RecordingReporter.patient();
    assertThat(start(1).figures()).containsEntry("available", 3L);
    assertThat(note()).isEmpty();
  }

  /** A run that was terminated leaves its workload stopped; the next run knows what it had. */
  @Test
  void theNextRunTakesOverWhatADeadOneStopped() {
    stop(1, LIMIT);

    stop(2, LIMIT);
    start(2);

    assertThat(replicas()).isEqualTo(3);
    assertThat(note()).isEmpty();
  }

  @Test
  void whatSomebodyScaledUpAfterADeadRunIsStoppedWithItsNewReplicas() {
    stop(1, LIMIT);
    scale(2);

    assertThat(stop(2, LIMIT).figures()).containsEntry("pods", 2L);
    start(2);

    assertThat(replicas()).isEqualTo(2);
  }

  @Test
  void twoBackupsDoNotStopTheSameWorkload() {
    stop(1, LIMIT);

    assertThatThrownBy(() -> stop(1, "weekly", LIMIT))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("WORKLOAD_CHANGED"))
        .hasMessageContaining("stands still for full-name/1");
    assertThat(start(1, "weekly", LIMIT).alreadyDone()).isTrue();
    assertThat(replicas()).isZero();
  }

  @Test
  void whatSomebodyElseScaledMeanwhileIsLeftAsItIs() {
    stop(1, LIMIT);
    scale(1);

    assertThatThrownBy(() -> stop(1, LIMIT)).hasMessageContaining("was scaled to 1 by somebody");
    start(1);

    assertThat(replicas()).isEqualTo(1);
    assertThat(note()).isEmpty();
  }

  @Test
  void podsThatDoNotComeUpAreToldAndAreNoFailure() {
    stop(1, LIMIT);
    shop.cluster.failImage("shop-web:1", PodFailure.pulling("shop-web:1"));

    StepOutcome started = start(1, "nightly", Duration.ofMillis(700));

    assertThat(started.figures()).containsEntry("pods", 3L).containsEntry("available", 0L);
    assertThat(shop.reporter.reasons()).anyMatch(reason -> reason.contains("0 of 3 pods"));
    assertThat(replicas()).isEqualTo(3);
    assertThat(note()).isEmpty();
  }
}
