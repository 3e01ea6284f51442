package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control.Taken;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fakes.Script;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PauseTest {
  private static final String FILL = "backfill migrate/fill";

  @Test
  void aPauseStopsALongActivityAndResumeBeginsItAgain() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      Taken taken = Stage.say(run, "pause", "{\"by\": \"ada\", \"reason\": \"peak hour\"}");
      RunStatus paused = Stage.until(run, RunState.PAUSED);
      assertThat(Stage.refusal(run, "pause", "{}")).contains("paused already by ada: peak hour");
      stage.script.release(FILL);
      assertThat(stage.script.calls(FILL)).hasSize(1);
      Stage.say(run, "resume", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls(FILL)).hasSize(2);
      assertThat(taken.message()).isEqualTo("stops at the next batch or step");
      assertThat(paused.waitingFor()).contains("paused by ada: peak hour");
      assertThat(paused.decisions()).containsExactly("resume", "abort", "tune");
    }
  }

  @Test
  void aPauseLetsAShortStepEndAndStopsBeforeTheNext() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements expand/add", 1);

      Stage.say(run, "pause", "{}");
      assertThat(Stage.status(run).waitingFor()).containsExactly("will pause, asked by somebody");
      latch.countDown();
      Stage.until(run, RunState.PAUSED);
      assertThat(stage.script.calls("buildIndex")).isEmpty();
      Stage.say(run, "resume", "{\"by\": \"ada\"}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls("applyStatements expand/add")).hasSize(1);
    }
  }

  @Test
  void aPausedRunIsUndoneOnAbort() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);
      Stage.say(run, "pause", "{}");
      Stage.until(run, RunState.PAUSED);

      Stage.say(run, "abort", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    }
  }

  @Test
  void aRollbackDoesNotSayThatItWillPause() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch fill = stage.script.block(FILL);
      CountDownLatch undo = stage.script.block("undoStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);
      Stage.say(run, "pause", "{}");

      Stage.say(run, "abort", "{}");
      fill.countDown();
      stage.untilCalled("undoStatements expand/add", 1);
      RunStatus undoing = Stage.status(run);
      undo.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(undoing.waitingFor()).isEmpty();
      assertThat(undoing.decisions()).containsExactly("tune");
    }
  }

  @Test
  void aPauseIsRefusedWhereNothingIsLeftToPause() {
    try (Stage stage = new Stage(Plans.ending())) {
      CountDownLatch settle = stage.script.block("settle SUCCEEDED");
      WorkflowStub run = stage.start();
      stage.untilCalled("settle SUCCEEDED", 1);

      assertThat(Stage.refusal(run, "pause", "{}")).contains("every step is done");
      assertThat(Stage.status(run).decisions()).containsExactly("tune");
      settle.countDown();
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void aRunThatIsBeingStoppedDoesNotOfferAPause() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements expand/add", 1);

      Stage.say(run, "abort", "{}");
      assertThat(Stage.status(run).decisions()).containsExactly("tune");
      latch.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    }
  }

  @Test
  void resumeIsRefusedWhereTheRunIsNotPaused() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      assertThat(Stage.refusal(run, "resume", "{}")).contains("not paused, it is RUNNING");
    }
  }

  @Test
  void tuneBeginsALongActivityAgainWithTheNewLimitsAndKeepsTheOthers() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      Stage.say(
          run,
          "tune",
          "{\"batchDuration\": \"10ms\", \"parallelism\": 4, \"maxRowsPerSecond\": \"900/s\"}");
      stage.untilCalled(FILL, 2);
      Limits limits = Stage.status(run).limits().orElseThrow();
      stage.script.release(FILL);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(limits.batchDuration()).isEqualTo(Duration.ofMillis(10));
      assertThat(limits.parallelism()).isEqualTo(4);
      assertThat(limits.maxRowsPerSecond().orElseThrow().perSecond()).isEqualTo(900);
      assertThat(limits.lockTimeout()).isEqualTo(Limits.DEFAULT.lockTimeout());
      assertThat(stage.script.limits().subList(0, 4)).containsOnly(Limits.DEFAULT);
      assertThat(stage.script.limits()).endsWith(limits, limits);
    }
  }

  @Test
  void whatIsTunedOfTheHealthLeavesTheRestAndIsLeftByTheRest() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      Stage.say(
          run,
          "tune",
          "{\"maxArchiveBacklog\": \"2GiB\", \"maxWalRate\": \"50MiB/s\","
              + " \"maxCommitLatency\": \"40ms\", \"maxActiveSessions\": 8,"
              + " \"autovacuum\": \"ignore\"}");
      stage.untilCalled(FILL, 2);
      Stage.say(run, "tune", "{\"maxActiveSessions\": 9}");
      stage.untilCalled(FILL, 3);
      Limits limits = Stage.status(run).limits().orElseThrow();
      stage.script.release(FILL);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(limits)
          .isEqualTo(
              Limits.DEFAULT.with(
                  new HealthLimits(
                      Optional.of(ByteCount.ofMebibytes(2048)),
                      Optional.of(new ByteRate(ByteCount.ofMebibytes(50))),
                      Optional.of(Duration.ofMillis(40)),
                      Optional.of(9),
                      Optional.of(HealthLimits.Autovacuum.IGNORE),
                      List.of())));
      assertThat(stage.script.limits()).endsWith(limits);
    }
  }

  private static final Map<String, String> NONSENSE =
      Map.ofEntries(
          Map.entry("{}", "say which limit"),
          Map.entry("{\"by\": \"ada\"}", "say which limit"),
          Map.entry("{\"parallelism\": 0}", "parallelism is 0; wanted 1 to 16"),
          Map.entry("{\"parallelism\": 17}", "parallelism is 17; wanted 1 to 16"),
          Map.entry("{\"lockTimeout\": \"0s\"}", "lockTimeout is 0s; wanted 1ms to 10s"),
          Map.entry("{\"lockTimeout\": \"2m\"}", "lockTimeout is 120s; wanted 1ms to 10s"),
          Map.entry("{\"batchDuration\": \"PT-1S\"}", "batchDuration is -1s; wanted 10ms to 10s"),
          Map.entry("{\"maxReplicaLag\": \"2d\"}", "maxReplicaLag is 2d; wanted 100ms to 1d"),
          Map.entry(
              "{\"maxArchiveBacklog\": \"64KiB\"}",
              "maxArchiveBacklog is 64KiB; wanted at least 1MiB"),
          Map.entry("{\"maxWalRate\": \"1B/s\"}", "maxWalRate is 1B/s; wanted at least 64KiB/s"),
          Map.entry(
              "{\"maxCommitLatency\": \"0s\"}", "maxCommitLatency is 0s; wanted 5ms to 3600s"),
          Map.entry("{\"maxActiveSessions\": 0}", "maxActiveSessions is 0; wanted 1 to 100000"),
          Map.entry("{\"autovacuum\": \"never\"}", "wait or ignore"),
          Map.entry("{\"terminateBlockers\": \"all\"}", "none, idle or any"),
          Map.entry(
              "{\"terminateBlockersAfter\": \"1ms\"}",
              "terminateBlockers.after is 1ms; wanted 1s to"),
          Map.entry("{\"batchDuration\": 5}", "500ms"),
          Map.entry("{\"maxRowsPerSecond\": \"0/s\"}", "5000/s"),
          Map.entry("{\"speed\": 9}", "speed"),
          Map.entry("[]", "Tune"));

  @Test
  void nonsenseIsNotTuned() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      NONSENSE.forEach(
          (json, reason) -> assertThat(Stage.refusal(run, "tune", json)).as(json).contains(reason));
      assertThat(Stage.status(run).limits()).contains(Limits.DEFAULT);
      stage.script.release(FILL);
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void theStatusShowsWhatALongStepReports() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();

      RunStatus status = Stage.until(run, now -> now.progress().isPresent());

      assertThat(status.progress()).contains(Script.progress("migrate/fill"));
      assertThat(status.waitingFor()).containsExactly("replica lags by 7s");
      assertThat(status.decisions()).containsExactly("pause", "abort", "tune");
      assertThat(status.hazards()).hasSize(1);
    }
  }
}
