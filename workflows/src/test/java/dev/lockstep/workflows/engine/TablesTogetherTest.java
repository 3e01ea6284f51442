package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fakes.Script;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of several tables that a plan lets run at the same time. */
final class TablesTogetherTest {
  static final String A = "backfill migrate/a";
  static final String B = "backfill migrate/b";
  static final String C = "backfill migrate/c";

  /** A run of three tables, so many at a time, whose fills do not end by themselves. */
  static Stage filling(int tables, OnFailure onFailure) {
    Stage stage = new Stage(Plans.tables());
    stage.script.prepare(Plans.prepared(Plans.tables(), tables, onFailure));
    List.of(A, B, C).forEach(stage.script::runEndlessly);
    return stage;
  }

  private static Stage filling(int tables) {
    return filling(tables, OnFailure.ROLLBACK);
  }

  static void release(Stage stage) {
    List.of(A, B, C).forEach(stage.script::release);
  }

  static ApplicationFailure wrong(String what) {
    return Faults.failure(FaultCode.ROWS_DIFFER, what, "");
  }

  private static void done(RunOutcome outcome) {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.steps()).allMatch(step -> step.state() == StepState.DONE);
  }

  private static StepState state(RunStatus status, String step) {
    return status.steps().stream()
        .filter(report -> report.id().equals(step))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void allAreInFlightAtTheSameTimeAndEachIsShown() {
    try (Stage stage = filling(3)) {
      WorkflowStub run = stage.start();
      // None of them ends before all have begun.
      Stream.of(A, B, C).forEach(call -> stage.untilCalled(call, 1));

      RunStatus status =
          Stage.until(
              run, now -> now.together().stream().filter(one -> one.done() > 0).count() == 3);
      String details =
          run.query("__temporal_workflow_metadata", WorkflowMetadata.class).getCurrentDetails();
      release(stage);

      done(Stage.end(run));
      assertThat(status.together())
          .containsExactly(
              Script.progress("migrate/a"),
              Script.progress("migrate/b"),
              Script.progress("migrate/c"));
      assertThat(status.step()).contains("migrate/a");
      assertThat(status.progress()).contains(Script.progress("migrate/a"));
      assertThat(status.waitingFor())
          .containsExactly(
              "migrate/a: replica lags by 7s",
              "migrate/b: replica lags by 7s",
              "migrate/c: replica lags by 7s");
      assertThat(details)
          .containsSubsequence(
              "| MIGRATE |",
              "**Does migrate/a** (migrate/a)",
              "25 %, 50 of 200",
              "**Does migrate/b** (migrate/b)",
              "25 %, 50 of 200",
              "**Does migrate/c** (migrate/c)");
    }
  }

  @Test
  void noMoreThanAskedForAndTheNextBeginsWhereOneEnds() {
    try (Stage stage = filling(2)) {
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);
      RunStatus two = Stage.until(run, now -> now.together().size() == 2);
      List<String> before = stage.script.calls("backfill");
      stage.script.release(B);
      stage.untilCalled(C, 1);
      RunStatus next = Stage.until(run, now -> state(now, "migrate/b") == StepState.DONE);
      release(stage);

      done(Stage.end(run));
      assertThat(before).containsExactlyInAnyOrder(A, B);
      assertThat(state(two, "migrate/c")).isEqualTo(StepState.PENDING);
      assertThat(next.together())
          .extracting(Progress::step)
          .containsExactly("migrate/a", "migrate/c");
      assertThat(stage.script.calls("backfill")).hasSize(3);
    }
  }

  @Test
  void whatComesAfterThemBeginsWhenAllAreDone() {
    try (Stage stage = filling(3)) {
      WorkflowStub run = stage.start();
      Stream.of(A, B, C).forEach(call -> stage.untilCalled(call, 1));
      stage.script.release(A);
      stage.script.release(C);
      Stage.until(
          run,
          now ->
              state(now, "migrate/a") == StepState.DONE
                  && state(now, "migrate/c") == StepState.DONE);
      RunStatus alone = Stage.status(run);
      List<String> comparisons = stage.script.calls("verify");
      release(stage);

      done(Stage.end(run));
      assertThat(alone.step()).contains("migrate/b");
      assertThat(alone.together()).isEmpty();
      assertThat(comparisons).isEmpty();
      assertThat(stage.script.calls("verify "))
          .containsExactlyInAnyOrder("verify verify/a", "verify verify/b", "verify verify/c");
      assertThat(stage.script.calls()).last().isEqualTo("settle SUCCEEDED");
    }
  }

  @Test
  void aPauseStopsAllAndResumeGoesOnWithWhatIsLeft() {
    try (Stage stage = filling(2)) {
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.script.release(B);
      stage.untilCalled(C, 1);

      Stage.say(run, "pause", "{\"by\": \"ada\"}");
      RunStatus paused = Stage.until(run, RunState.PAUSED);
      List<String> before = stage.script.calls("backfill");
      Stage.say(run, "resume", "{}");
      stage.untilCalled(A, 2);
      stage.untilCalled(C, 2);
      release(stage);

      done(Stage.end(run));
      assertThat(paused.waitingFor()).contains("paused by ada");
      assertThat(before).containsExactlyInAnyOrder(A, B, C);
      assertThat(stage.script.calls(B)).hasSize(1);
    }
  }

  @Test
  void aPauseThatIsOverBeforeTheyHaveStoppedLosesNothing() {
    try (Stage stage = filling(2)) {
      release(stage);
      CountDownLatch first = stage.script.block(A);
      CountDownLatch second = stage.script.block(B);
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);

      Stage.say(run, "pause", "{}");
      Stage.say(run, "resume", "{}");
      first.countDown();
      second.countDown();

      done(Stage.end(run));
      assertThat(stage.script.calls("backfill")).contains(A, B, C);
    }
  }

  @Test
  void fewerTablesAtATimeStopWhatIsTooMuchAndMoreBeginIt() {
    try (Stage stage = filling(3)) {
      WorkflowStub run = stage.start();
      Stream.of(A, B, C).forEach(call -> stage.untilCalled(call, 1));

      Stage.say(run, "tune", "{\"tables\": 1}");
      stage.untilCalled(A, 2);
      RunStatus one = Stage.status(run);
      Stage.say(run, "tune", "{\"tables\": 2, \"batchDuration\": \"20ms\"}");
      stage.untilCalled(A, 3);
      stage.untilCalled(B, 2);
      List<String> before = stage.script.calls(C);
      release(stage);

      done(Stage.end(run));
      assertThat(one.together()).isEmpty();
      assertThat(one.step()).contains("migrate/a");
      assertThat(state(one, "migrate/b")).isEqualTo(StepState.PENDING);
      assertThat(before).hasSize(1);
      Limits last = stage.script.limits().get(stage.script.limits().size() - 1);
      assertThat(last.tables()).contains(2);
      assertThat(last.batchDuration()).isEqualTo(Duration.ofMillis(20));
    }
  }

  @Test
  void aPlanThatIsMadeForSeveralBeginsWithOneWhereOneIsAskedFor() {
    try (Stage stage = filling(1)) {
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      List<String> before = stage.script.calls("backfill");
      Stage.say(run, "tune", "{\"tables\": 3}");
      stage.untilCalled(A, 2);
      stage.untilCalled(B, 1);
      stage.untilCalled(C, 1);
      release(stage);

      done(Stage.end(run));
      assertThat(before).containsExactly(A);
    }
  }

  @Test
  void aPlanThatDoesNotLetThemIsDoneInOrderAndSaysSo() {
    List<PlannedStep> steps = Plans.whole();
    try (Stage stage = new Stage(steps)) {
      stage.script.prepare(Plans.prepared(steps, 3, OnFailure.ROLLBACK));
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      stage.untilCalled("backfill migrate/fill", 1);

      assertThat(Stage.refusal(run, "tune", "{\"tables\": 2}"))
          .contains("the plan of this run works on one table after the other");
      assertThat(Stage.status(run).together()).isEmpty();
      stage.script.release("backfill migrate/fill");
      done(Stage.end(run));
    }
  }

  @Test
  void aNumberOfTablesOutOfRangeIsRefused() {
    try (Stage stage = filling(2)) {
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);

      for (String tables : List.of("0", "9", "-1")) {
        assertThat(Stage.refusal(run, "tune", "{\"tables\": " + tables + "}"))
            .contains("tables is " + tables + "; wanted 1 to 8");
      }
      assertThat(Stage.refusal(run, "tune", "{\"parallelism\": 9}"))
          .contains(
              "tables is 2, with parallelism 9 that is 18 ranges at a time; wanted at most 16");
      release(stage);
      done(Stage.end(run));
    }
  }

  @Test
  void anAbortLetsAllStopThenUndoes() {
    try (Stage stage = filling(2)) {
      CountDownLatch slow = stage.script.block(B);
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);

      Stage.say(run, "abort", "{}");
      RunStatus stopping = Stage.status(run);
      slow.countDown();
      RunOutcome outcome = Stage.end(run);

      assertThat(stopping.state()).isEqualTo(RunState.RUNNING);
      undone(stage, outcome, FaultCode.RUN_ABORTED);
      assertThat(stage.script.calls(C)).isEmpty();
    }
  }

  @Test
  void aCancelledRunLetsAllStopThenUndoes() {
    try (Stage stage = filling(3)) {
      WorkflowStub run = stage.start();
      Stream.of(A, B, C).forEach(call -> stage.untilCalled(call, 1));

      run.cancel();

      Assertions.assertThatThrownBy(() -> Stage.end(run))
          .isInstanceOf(WorkflowFailedException.class);
      assertThat(stage.script.calls())
          .endsWith("beginUndo", "undoStatements expand/add", "compareSchema", "settle CANCELLED");
    }
  }

  @Test
  void aFaultOfOneStopsTheOthersThenUndoes() {
    try (Stage stage = filling(2)) {
      CountDownLatch latch = stage.script.block(B);
      stage.script.fail(B, wrong("2 rows of b"));
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);

      latch.countDown();
      RunOutcome outcome = Stage.end(run);

      undone(stage, outcome, FaultCode.ROWS_DIFFER);
      assertThat(outcome.fault().orElseThrow().message()).isEqualTo("2 rows of b");
      assertThat(FailureTest.state(outcome, "migrate/b")).isEqualTo(StepState.FAILED);
      assertThat(FailureTest.state(outcome, "migrate/a")).isEqualTo(StepState.PENDING);
      assertThat(FailureTest.state(outcome, "migrate/c")).isEqualTo(StepState.PENDING);
      assertThat(stage.script.calls(A)).hasSize(1);
      assertThat(stage.script.calls(C)).isEmpty();
    }
  }

  @Test
  void theFirstOfTwoFaultsIsTheReasonAndTheOtherIsTold() {
    try (Stage stage = filling(2, OnFailure.HOLD)) {
      CountDownLatch first = stage.script.block(A);
      CountDownLatch second = stage.script.block(B);
      stage.script.fail(A, wrong("2 rows of a"));
      stage.script.fail(B, wrong("3 rows of b"));
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);

      second.countDown();
      Stage.until(run, now -> state(now, "migrate/b") == StepState.FAILED);
      first.countDown();
      RunStatus held = Stage.until(run, RunState.HELD);
      release(stage);
      Stage.say(run, "retry", "{}");

      done(Stage.end(run));
      assertThat(held.step()).contains("migrate/b");
      assertThat(held.waitingFor()).containsExactly("held by ROWS_DIFFER: 3 rows of b");
      assertThat(held.faults())
          .extracting(fault -> fault.message())
          .containsExactly("3 rows of b", "2 rows of a");
      assertThat(state(held, "migrate/a")).isEqualTo(StepState.FAILED);
    }
  }

  @Test
  void aHeldRunStandsStillAndRetryGoesOnWithAllThatIsLeft() {
    try (Stage stage = filling(2, OnFailure.HOLD)) {
      CountDownLatch latch = stage.script.block(B);
      stage.script.fail(B, wrong("2 rows of b"));
      WorkflowStub run = stage.start();
      stage.untilCalled(A, 1);
      stage.untilCalled(B, 1);
      latch.countDown();

      RunStatus held = Stage.until(run, RunState.HELD);
      List<String> before = stage.script.calls("backfill");
      Stage.say(run, "retry", "{}");
      stage.untilCalled(A, 2);
      stage.untilCalled(B, 2);
      release(stage);

      done(Stage.end(run));
      assertThat(held.step()).contains("migrate/b");
      assertThat(held.together()).isEmpty();
      assertThat(held.decisions()).containsExactly("retry", "abort", "tune");
      assertThat(before).containsExactlyInAnyOrder(A, B);
      assertThat(stage.script.calls(C)).hasSize(1);
    }
  }

  @Test
  void oneIsLeftOutAndTheOthersAreDone() {
    try (Stage stage = filling(3, OnFailure.HOLD)) {
      release(stage);
      stage.script.fail("verify verify/b", wrong("2 rows of b"));
      WorkflowStub run = stage.start();
      RunStatus held = Stage.until(run, RunState.HELD);

      assertThat(Stage.refusal(run, "skip", "{\"step\": \"verify/a\"}"))
          .contains("held at verify/b, not at verify/a");
      Stage.say(run, "skip", "{\"step\": \"verify/b\"}");
      RunOutcome outcome = Stage.end(run);

      assertThat(held.decisions()).contains("skip verify/b");
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(FailureTest.state(outcome, "verify/a")).isEqualTo(StepState.DONE);
      assertThat(FailureTest.state(outcome, "verify/b")).isEqualTo(StepState.SKIPPED);
      assertThat(FailureTest.state(outcome, "verify/c")).isEqualTo(StepState.DONE);
      assertThat(stage.script.calls("verify verify/b")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aLongRunGoesOnInNewHistoriesWithWhatIsLeft(int stepsAHistory) {
    try (Stage stage = filling(2)) {
      release(stage);
      WorkflowStub run = stage.startShort(stepsAHistory);
      RunOutcome outcome = Stage.end(run);

      done(outcome);
      assertThat(stage.histories(run)).hasSizeGreaterThan(1);
      assertThat(stage.script.calls()).doesNotHaveDuplicates().hasSize(10);
    }
  }

  @Test
  void aRunThatWasKilledGoesOnWithWhatIsLeft() {
    try (Stage stage = filling(3)) {
      release(stage);
      stage.script.doneBefore(A);
      Prepared fresh = Plans.prepared(Plans.tables(), 3, OnFailure.ROLLBACK);
      stage.script.prepare(
          Plans.prepared(Prepared.State.RESUMED, fresh.plan())
              .withBegun(List.of("prepare/claim", "expand/add", "migrate/a", "migrate/c")));
      stage.script.fail(B, wrong("2 rows of b"));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().message()).isEqualTo("2 rows of b");
      assertThat(FailureTest.state(outcome, "migrate/a")).isEqualTo(StepState.DONE);
      assertThat(stage.script.calls())
          .endsWith(
              "beginUndo",
              "undoStatements contract/hide",
              "undoStatements expand/add",
              "compareSchema",
              "settle ROLLED_BACK");
    }
  }

  private static void undone(Stage stage, RunOutcome outcome, FaultCode why) {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(outcome.fault().orElseThrow().code()).isEqualTo(why);
    assertThat(stage.script.calls("verify")).isEmpty();
    assertThat(stage.script.calls())
        .endsWith("beginUndo", "undoStatements expand/add", "compareSchema", "settle ROLLED_BACK");
  }
}
