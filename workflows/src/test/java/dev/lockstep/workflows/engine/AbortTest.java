package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AbortTest {
  private static final String WHY = "{\"by\": \"ada\", \"reason\": \"wrong day\"}";

  static Stream<String> calls() {
    return Plans.undoable().stream()
        .map(PlannedStep::id)
        .map(FailureTest::call)
        .filter(call -> !call.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anAbortDuringAnyStepLetsItStopThenUndoesEverythingSoFar(String call) {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block(call);
      WorkflowStub run = stage.start();
      stage.untilCalled(call, 1);

      Stage.say(run, "abort", WHY);
      latch.countDown();
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault())
          .contains(Fault.of(FaultCode.RUN_ABORTED, "aborted by ada: wrong day", ""));
      List<String> calls = stage.script.calls();
      assertThat(calls.get(calls.indexOf(call) + 1)).isEqualTo("beginUndo");
      assertThat(calls)
          .endsWith("undoStatements expand/add", "compareSchema", "settle ROLLED_BACK");
    }
  }

  @Test
  void anAbortDuringTheLastStepOfAPlanThatCanBeUndoneIsObeyed() {
    try (Stage stage = new Stage(List.of(Plans.claim(), Plans.add()))) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements expand/add", 1);

      Stage.say(run, "abort", WHY);
      latch.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls()).contains("undoStatements expand/add");
    }
  }

  @Test
  void aLongActivityIsCancelledAndThenUndone() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      stage.untilCalled("backfill migrate/fill", 1);

      Stage.say(run, "abort", WHY);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls("verify")).isEmpty();
    }
  }

  @Test
  void anAbortWhileALockIsWaitedForDoesNotWaitForTheLock() {
    try (Stage stage = new Stage(Plans.whole())) {
      for (int i = 0; i < 10_000; i++) {
        stage.script.fail(
            "applyStatements expand/add",
            Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", ""));
      }
      WorkflowStub run = stage.start();
      await().until(() -> !stage.script.calls("applyStatements").isEmpty());

      Stage.say(run, "abort", WHY);
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.RUN_ABORTED);
      assertThat(stage.script.calls("applyStatements").size()).isLessThan(50);
    }
  }

  @Test
  void anAbortDuringTheRevertWindowIsTheRevert() {
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      Stage.say(run, "abort", WHY);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls())
          .containsSubsequence(
              "undoStatements contract/hide",
              "undoRemoveIndex contract/unindex",
              "rollBack expand/rollout",
              "undoBuildIndex expand/index",
              "undoStatements expand/add");
    }
  }

  @Test
  void aRevertInItsWindowBringsEverythingBackAndSaysWho() {
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      assertThat(Stage.status(run).decisions()).containsSubsequence("revert", "abort");

      Stage.say(run, "revert", WHY);
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault())
          .contains(Fault.of(FaultCode.RUN_ABORTED, "reverted by ada: wrong day", ""));
      assertThat(stage.script.calls())
          .containsSubsequence("undoStatements contract/hide", "undoStatements expand/add");
    }
  }

  @Test
  void aRevertOutsideOfItsWindowIsRefused() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("backfill migrate/fill");
      WorkflowStub run = stage.start();
      stage.untilCalled("backfill migrate/fill", 1);

      assertThat(Stage.status(run).decisions()).doesNotContain("revert");
      assertThat(Stage.refusal(run, "revert", WHY))
          .contains(
              "the run is not in its revert window; abort stops it and takes everything back");
      latch.countDown();
    }
  }

  @Test
  void anAbortDuringTheRevertWindowLeavesNothingForTheSdkToComplainAbout() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      Stage.say(run, "abort", WHY);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("never accessed");
  }

  @Test
  void anAbortWhileItIsPreparedChangesNothing() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("prepare");
      WorkflowStub run = stage.start();
      stage.untilCalled("prepare", 1);

      Stage.say(run, "abort", WHY);
      latch.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls()).containsExactly("prepare");
    }
  }

  @Test
  void aSecondAbortIsRefused() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("undoStatements expand/add");
      stage.script.fail("ask gate/ask", Faults.failure(FaultCode.ANSWER_UNEXPECTED, "no", ""));
      WorkflowStub run = stage.start();
      stage.untilCalled("undoStatements expand/add", 1);

      assertThat(Stage.refusal(run, "abort", WHY)).contains("rolled back already");
      assertThat(Stage.refusal(run, "pause", "{}")).contains("a rollback is never paused");
      latch.countDown();
      assertThat(Stage.end(run).fault().orElseThrow().code())
          .isEqualTo(FaultCode.ANSWER_UNEXPECTED);
    }
  }

  @Test
  void anAbortAfterThePointOfNoReturnIsRefusedWithTheReason() {
    try (Stage stage = new Stage(Plans.ending())) {
      CountDownLatch latch = stage.script.block("applyStatements finish/drop");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements finish/drop", 1);

      assertThat(Stage.refusal(run, "abort", WHY))
          .contains("nothing can be undone any more: step finish/drop (Drop what was hidden)");
      latch.countDown();
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }
}
