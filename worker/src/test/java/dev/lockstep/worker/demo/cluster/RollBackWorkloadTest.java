package dev.lockstep.worker.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undoing rollouts through the real client. */
final class RollBackWorkloadTest {
  private final RolloutFixture shop;

  RollBackWorkloadTest(@TempDir Path directory) throws IOException {
    shop = new RolloutFixture(directory).withWeb();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void theEarlierImagesRunAgainAndTheNoteIsGone() {
    ObjectNode template = (ObjectNode) shop.deployment().at("/spec");
    shop.rollOut("shop-web:2");

    StepOutcome outcome = shop.rollBack();

    assertThat(outcome.figures()).containsEntry("pods", 3L);
    assertThat(shop.deployment().at("/spec")).isEqualTo(template);
    assertThat(shop.notes()).isEmpty();
    assertThat(shop.runner.images()).isEqualTo(List.of("shop-web:1", "shop-web:1", "shop-web:1"));
  }

  @Test
  void undoingTwiceDoesNothingMore() {
    shop.rollOut("shop-web:2");
    shop.rollBack();
    ObjectNode before = shop.deployment();

    StepOutcome outcome = shop.rollBack();

    assertThat(outcome.alreadyDone()).isTrue();
    assertThat(shop.deployment()).isEqualTo(before);
  }

  @Test
  void aStepThatNeverBeganIsNotUndone() {
    ObjectNode before = shop.deployment();

    StepOutcome outcome = shop.rollBack();

    assertThat(outcome.alreadyDone()).isTrue();
    assertThat(shop.deployment()).isEqualTo(before);
  }

  @Test
  void anUndoThatWasKilledWhileItWaitedIsWaitedForAgain() {
    shop.rollOut("shop-web:2");
    shop.reporter = RecordingReporter.killing();
    assertThatThrownBy(shop::rollBack).isInstanceOf(RecordingReporter.KilledException.class);
    assertThat(shop.image("web")).isEqualTo("shop-web:1");
    assertThat(shop.notes()).hasSize(1);

    shop.reporter = RecordingReporter.patient();
    shop.rollBack();

    assertThat(shop.cluster.complete(RolloutFixture.WEB)).isTrue();
    assertThat(shop.notes()).isEmpty();
  }

  @Test
  void aLaterChangeOfSomebodyElseIsNotUndone() {
    shop.rollOut("shop-web:2");
    shop.setImage("shop-web:2-hotfix");

    assertThatThrownBy(shop::rollBack)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("WORKLOAD_CHANGED"))
        .hasMessageContaining("has the image shop-web:2-hotfix, set by kubectl-set");
    assertThat(shop.image("web")).isEqualTo("shop-web:2-hotfix");
    assertThat(shop.notes()).hasSize(1);
  }

  @Test
  void aFailedRolloutIsUndone() {
    shop.cluster.failImage("shop-worker:9", PodFailure.pulling("shop-worker:9"));
    assertThatThrownBy(
            () ->
                shop.rollOut(
                    shop.scope(1, RolloutFixture.STEP),
                    new TreeMap<>(Map.of("worker", "shop-worker:9")),
                    Duration.ofSeconds(1)))
        .hasMessageContaining("ImagePullBackOff");

    shop.rollBack();

    assertThat(shop.image("worker")).isEqualTo("shop-worker:1");
    assertThat(shop.cluster.complete(RolloutFixture.WEB)).isTrue();
  }

  @Test
  void theImageIsOwnedByLockstepAfterTheUndoAndNothingElseIs() {
    shop.rollOut("shop-web:2");
    shop.rollBack();

    assertThat(Managers.of(shop.deployment()).ownedBy(Managers.Manager.applying("lockstep")))
        .allMatch(path -> path.contains("k:{\"name\":\"web\"}"));
  }
}
