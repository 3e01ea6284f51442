package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that freeze and thaw, and the note about them, against an API server. */
final class FreezeTest {
  private static final Dump.Pod PLACE = new Dump.Pod("shop", "postgres", Optional.empty());
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final InstanceScene scene;
  private RecordingReporter reporter = new RecordingReporter();
  private final List<String> ran = new ArrayList<>();
  private final KubernetesQuiesceActivities hands;
  private Optional<String> answer = Optional.empty();

  FreezeTest(@TempDir Path directory) {
    scene = new InstanceScene(directory);
    scene.control();
    hands =
        new KubernetesQuiesceActivities(
            ClusterConnection.fromKubeconfig(directory.resolve("kubeconfig")),
            () -> reporter,
            (pod, command, limit, alive) -> {
              if (command.contains("freeze")) {
                assertThat(note()).as("noted before").contains("\"" + pod.name() + "\"");
              }
              ran.add(pod.name() + "/" + pod.container() + " " + String.join(" ", command));
              alive.run();
              return answer;
            });
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private StepOutcome freeze(String run, String backup) {
    return hands.freeze(
        InstanceScene.scope(run),
        new BackupStep.Freeze(backup, PLACE, List.of("freeze", "it"), LIMIT));
  }

  private StepOutcome thaw(String run, String backup) {
    return hands.thaw(
        InstanceScene.scope(run), new BackupStep.Thaw(backup, PLACE, List.of("thaw", "it"), LIMIT));
  }

  private String note() {
    return Patches.annotation(scene.statefulSet("shop", "postgres"), QuiesceNote.NAME).orElse("");
  }

  @Test
  void bothCommandsRunInTheSamePodAndNothingStays() {
    freeze("nightly/1", "nightly");
    assertThat(note()).contains("\"run\":\"nightly/1\"");

    assertThat(thaw("nightly/1", "nightly").alreadyDone()).isFalse();

    assertThat(ran).containsExactly("postgres-0/postgres freeze it", "postgres-0/postgres thaw it");
    assertThat(note()).isEmpty();
  }

  @Test
  void aThawThatComesTwiceOrWithoutAFreezeDoesNothing() {
    assertThat(thaw("nightly/1", "nightly").alreadyDone()).isTrue();
    freeze("nightly/1", "nightly");
    thaw("nightly/1", "nightly");

    assertThat(thaw("nightly/1", "nightly").alreadyDone()).isTrue();
    assertThat(ran).hasSize(2);
  }

  @Test
  void aFreezeThatFailsLeavesItsNoteForTheThaw() {
    answer = Optional.of("it ended with status 3: no such thing");

    assertThatThrownBy(() -> freeze("nightly/1", "nightly"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("QUIESCE_FAILED"))
        .hasMessageContaining("pod postgres-0 failed: it ended with status 3: no such thing");
    assertThat(note()).isNotEmpty();

    answer = Optional.empty();
    thaw("nightly/1", "nightly");
    assertThat(note()).isEmpty();
  }

  @Test
  void aFreezeThatWasCutOffIsDoneAgainInTheSamePod() {
    reporter.cancel();
    assertThatThrownBy(() -> freeze("nightly/1", "nightly"))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(note()).as("what may be frozen is noted").isNotEmpty();
    List<String> before = List.copyOf(ran);

    reporter = new RecordingReporter();
    freeze("nightly/2", "nightly");

    assertThat(ran).hasSize(2).startsWith(before.toArray(String[]::new));
    assertThat(ran.get(1)).isEqualTo(before.get(0));
    assertThat(note()).contains("nightly/2");
  }

  @Test
  void aThawThatFailsKeepsItsNoteAndIsTriedAgain() {
    freeze("nightly/1", "nightly");
    answer = Optional.of("it has not ended within 5s");

    assertThatThrownBy(() -> thaw("nightly/1", "nightly"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("THAW_FAILED");
              assertThat(failure.isNonRetryable()).isFalse();
            });
    answer = Optional.empty();
    thaw("nightly/1", "nightly");

    assertThat(ran).hasSize(3);
    assertThat(note()).isEmpty();
  }

  @Test
  void whereThePodIsGoneAnotherOneIsThawed() {
    freeze("nightly/1", "nightly");
    scene.client().pods().inNamespace("shop").withName("postgres-0").delete();

    thaw("nightly/1", "nightly");

    assertThat(ran.get(1)).isEqualTo("postgres-1/postgres thaw it");
  }

  @Test
  void aThawWaitsForAPodThatIsReady() {
    freeze("nightly/1", "nightly");
    scene.client().pods().inNamespace("shop").delete();

    assertThatThrownBy(() -> thaw("nightly/1", "nightly"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("THAW_FAILED"))
        .hasMessageContaining("is ready");
  }

  @Test
  void twoBackupsDoNotFreezeTheSamePods() {
    freeze("nightly/1", "nightly");

    assertThatThrownBy(() -> freeze("weekly/1", "weekly"))
        .hasMessageContaining("stands still for nightly/1");
    assertThat(thaw("weekly/1", "weekly").alreadyDone()).isTrue();
    assertThat(ran).hasSize(1);
  }
}
