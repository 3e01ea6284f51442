package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class VerifyAgainTest {
  private static final String AGAIN = "verifyAgain verify/rows";
  private static final String HIDE = "applyStatements contract/hide";
  private static final String APPROVE = "{\"gate\": \"contract\"}";
  private static final List<PlannedStep> GATED = Plans.waiting(Plans.gate());

  static ApplicationFailure drifted() {
    return Faults.failure(
        FaultCode.ROWS_DRIFTED,
        "1 of 200 rows of customers differ now: id = 7",
        "verify/rows/again-2026-11-26T12:00:00Z");
  }

  static Predicate<RunStatus> verifiedAgain(int times) {
    return status ->
        status
            .verification()
            .filter(rows -> rows.underWay().isEmpty() && rows.repetitions() == times)
            .isPresent();
  }

  private static Stage holding(List<PlannedStep> steps) {
    Stage stage = new Stage(steps);
    stage.script.prepare(Plans.prepared(Prepared.State.PLANNED, Plans.plan(steps, OnFailure.HOLD)));
    return stage;
  }

  private static StepState state(RunOutcome outcome, String step) {
    return outcome.steps().stream()
        .filter(report -> report.id().equals(step))
        .map(StepReport::state)
        .findFirst()
        .orElseThrow();
  }

  /** Over the minute after which the first repetition is due. */
  private static void overAMinute(Stage stage) {
    stage.environment.sleep(Duration.ofSeconds(61));
  }

  @Test
  void whileTheRunWaitsAllRowsAreVerifiedAgainLessAndLessOften() {
    try (Stage stage = new Stage(GATED)) {
      stage.script.count(AGAIN, new TreeMap<>(Map.of("rows", 3_000_000L)));
      WorkflowStub run = stage.start();
      RunStatus arrived = Stage.until(run, RunState.WAITING);
      overAMinute(stage);
      RunStatus first = Stage.until(run, verifiedAgain(1));
      stage.environment.sleep(Duration.ofSeconds(110));
      assertThat(stage.script.calls(AGAIN)).hasSize(1);
      stage.environment.sleep(Duration.ofSeconds(11));
      Stage.until(run, verifiedAgain(2));

      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls(AGAIN)).hasSize(2);
      assertThat(stage.script.begun()).doesNotHaveDuplicates();
      assertThat(arrived.verification().orElseThrow().sentence()).startsWith("verified at 20");
      assertThat(first.verification().orElseThrow().sentence())
          .matches("verified again at \\S+Z, 3,000,000 rows, 0 mismatches; next at \\S+Z");
      assertThat(first.waitingFor()).containsExactly("nobody has approved gate contract");
      assertThat(run.describe().getHistoryLength()).isLessThan(200);
    }
  }

  @Test
  void anApprovalDoesNotWaitForARepetitionThatIsUnderWay() {
    try (Stage stage = new Stage(GATED)) {
      tryMinutes(stage, "verify verify/rows");
      stage.script.runEndlessly(AGAIN);
      WorkflowStub run = stage.start();
      stage.environment.sleep(Duration.ofMinutes(10));
      RunStatus waiting = Stage.until(run, RunState.WAITING);
      Instant next = waiting.verification().flatMap(Verification::next).orElseThrow();
      Instant now = Instant.ofEpochMilli(stage.environment.currentTimeMillis());
      assertThat(next).isAfter(now.plus(Duration.ofMinutes(25)));
      stage.environment.sleep(Duration.between(now, next).plusMillis(100));
      stage.untilCalled(AGAIN, 1);
      RunStatus underWay = Stage.until(run, status -> !status.waitingFor().isEmpty());

      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls(AGAIN)).hasSize(1);
      assertThat(underWay.verification().orElseThrow().underWay()).isPresent();
    }
  }

  /** Lets a call fail and be tried again for about four minutes. */
  private static void tryMinutes(Stage stage, String call) {
    for (int i = 0; i < 20; i++) {
      stage.script.fail(call, Faults.failure(FaultCode.RESOURCE_EXHAUSTED, "no connection", ""));
    }
  }

  @Test
  void aRepetitionThatIsUnderWayIsShownWithWhatHoldsItBack() {
    try (Stage stage = new Stage(GATED)) {
      stage.script.runEndlessly(AGAIN);
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);

      RunStatus status = Stage.until(run, now -> now.waitingFor().size() == 2);

      assertThat(status.verification().orElseThrow().sentence())
          .contains("; being verified again (verify/rows): 50 of about 200 rows");
      assertThat(status.waitingFor())
          .containsExactly("nobody has approved gate contract", "replica lags by 7s");
      Stage.say(run, "abort", "{}");
      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    }
  }

  @Test
  void anAbortEndsARepetitionThatIsUnderWay() {
    try (Stage stage = new Stage(GATED)) {
      stage.script.runEndlessly(AGAIN);
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);
      stage.untilCalled(AGAIN, 1);

      Stage.say(run, "abort", "{}");
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.RUN_ABORTED);
      assertThat(stage.script.calls())
          .endsWith(
              AGAIN,
              "beginUndo",
              "undoStatements expand/add",
              "compareSchema",
              "settle ROLLED_BACK");
    }
  }

  @Test
  void rowsThatDriftedAtTheGateUndoTheRun() {
    try (Stage stage = new Stage(GATED)) {
      stage.script.fail(AGAIN, drifted());
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);

      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.ROWS_DRIFTED);
      assertThat(outcome.fault().orElseThrow().step()).isEqualTo("verify/rows");
      assertThat(state(outcome, "verify/rows")).isEqualTo(StepState.FAILED);
      assertThat(stage.script.calls()).contains("undoStatements expand/add").doesNotContain(HIDE);
    }
  }

  @Test
  void rowsThatDriftedHoldARunThatSaysSoAndARetryVerifiesAtOnce() {
    try (Stage stage = holding(GATED)) {
      stage.script.fail(AGAIN, drifted());
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);
      RunStatus held = Stage.until(run, RunState.HELD);
      assertThat(held.decisions()).containsExactly("retry", "abort", "tune");
      assertThat(held.waitingFor()).anyMatch(reason -> reason.startsWith("held by ROWS_DRIFTED"));

      Stage.say(run, "retry", "{}");
      Stage.until(
          run, status -> status.state() == RunState.WAITING && verifiedAgain(2).test(status));
      Stage.say(run, "approve", APPROVE);
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(state(outcome, "verify/rows")).isEqualTo(StepState.DONE);
      assertThat(stage.script.calls(AGAIN)).hasSize(2);
    }
  }

  @Test
  void anApprovalOfAHeldRunDoesNotPassOverRowsThatDrifted() {
    try (Stage stage = holding(GATED)) {
      stage.script.fail(AGAIN, drifted());
      stage.script.fail(AGAIN, drifted());
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);
      Stage.until(run, RunState.HELD);

      Stage.say(run, "approve", APPROVE);
      Stage.say(run, "retry", "{}");
      Stage.until(
          run,
          status ->
              status.state() == RunState.HELD
                  && status.step().filter("contract/hide"::equals).isPresent());
      assertThat(Stage.refusal(run, "skip", "{\"step\": \"contract/hide\"}"))
          .contains("the plan does not allow");
      assertThat(stage.script.calls(HIDE)).isEmpty();
      Stage.say(run, "retry", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls()).endsWith(AGAIN, HIDE, "settle SUCCEEDED");
    }
  }

  @Test
  void whileOldClientsAreWaitedForRowsThatDriftedCannotBeSkipped() {
    try (Stage stage = holding(Plans.waiting(Plans.oldClients()))) {
      tryMinutes(stage, "awaitOldClients gate/old");
      stage.script.fail(AGAIN, drifted());
      WorkflowStub run = stage.start();
      stage.environment.sleep(Duration.ofSeconds(90));
      Stage.until(run, RunState.HELD);

      assertThat(Stage.refusal(run, "skip", "{\"step\": \"gate/old\"}"))
          .contains("the plan does not allow");
      Stage.say(run, "retry", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls(AGAIN)).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void whileOldClientsAreWaitedForAllRowsAreVerifiedAgain() {
    try (Stage stage = new Stage(Plans.waiting(Plans.oldClients()))) {
      tryMinutes(stage, "awaitOldClients gate/old");

      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls("verifyAgain")).hasSizeBetween(2, 3);
      assertThat(stage.script.calls("awaitOldClients")).hasSize(21);
    }
  }

  @Test
  void afterALongRestRowsAreVerifiedDirectlyBeforeContract() {
    try (Stage stage = new Stage(Plans.waiting(Plans.rest()))) {
      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls())
          .endsWith("verify verify/rows", AGAIN, HIDE, "settle SUCCEEDED");
    }
  }

  @Test
  void rowsThatDriftedBeforeContractUndoTheRun() {
    try (Stage stage = new Stage(Plans.waiting(Plans.rest()))) {
      stage.script.fail(AGAIN, drifted());

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.ROWS_DRIFTED);
      assertThat(state(outcome, "contract/hide")).isEqualTo(StepState.PENDING);
      assertThat(stage.script.calls()).doesNotContain(HIDE, "undoStatements contract/hide");
    }
  }

  @Test
  void rowsThatWereVerifiedJustNowAreNotVerifiedBeforeContract() {
    try (Stage stage = new Stage(Plans.waiting(Plans.ask()))) {
      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls("verifyAgain")).isEmpty();
    }
  }

  @Test
  void aPausedRunVerifiesNothing() {
    try (Stage stage = new Stage(GATED)) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      Stage.say(run, "pause", "{}");
      stage.environment.sleep(Duration.ofHours(1));
      assertThat(stage.script.calls(AGAIN)).isEmpty();

      Stage.say(run, "resume", "{}");
      Stage.until(run, verifiedAgain(1));
      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void newLimitsReachARepetitionThatGoesOn() {
    try (Stage stage = new Stage(GATED)) {
      stage.script.runEndlessly(AGAIN);
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      overAMinute(stage);
      stage.untilCalled(AGAIN, 1);

      Stage.say(run, "tune", "{\"parallelism\": 3}");
      stage.untilCalled(AGAIN, 2);
      stage.script.release(AGAIN);
      Stage.until(run, verifiedAgain(1));
      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.begun()).hasSize(2);
      assertThat(stage.script.begun().get(1)).isEqualTo(stage.script.begun().get(0));
      assertThat(stage.script.limits().get(stage.script.limits().size() - 2).parallelism())
          .isEqualTo(3);
    }
  }

  @Test
  void aServerThatDoesNotAnswerEndsNoWait() {
    try (Stage stage = new Stage(GATED)) {
      for (int i = 0; i < 500; i++) {
        stage.script.fail(AGAIN, Faults.failure(FaultCode.SERVER_UNREACHABLE, "gone", ""));
      }
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      stage.environment.sleep(Duration.ofHours(3));
      RunStatus later =
          Stage.until(
              run,
              status -> status.verification().filter(rows -> rows.repetitions() > 0).isPresent());

      assertThat(later.state()).isEqualTo(RunState.WAITING);
      assertThat(later.faults()).extracting(f -> f.code()).contains(FaultCode.SERVER_UNREACHABLE);
      Stage.say(run, "approve", APPROVE);
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void aLongWaitGoesOnInNewHistoriesWithWhatItKnew() {
    try (Stage stage = new Stage(GATED)) {
      WorkflowStub run = stage.startShort(5);
      Stage.until(run, RunState.WAITING);
      stage.environment.sleep(Duration.ofHours(12));
      RunStatus waiting =
          Stage.until(
              run,
              status ->
                  status.state() == RunState.WAITING
                      && status.verification().filter(v -> v.repetitions() > 10).isPresent());
      int histories = stage.histories(run).size();

      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(histories).isGreaterThan(2);
      assertThat(waiting.verification().orElseThrow().repetitions()).isLessThan(20);
    }
  }

  @Test
  void aRunOfAnEarlierProcessVerifiesBeforeContractSinceNobodyKnowsWhenTheLastWas() {
    try (Stage stage = new Stage(Plans.waiting(Plans.ask()))) {
      stage.script.doneBefore("verify verify/rows");
      stage.script.prepare(
          Plans.prepared(
              Prepared.State.RESUMED, Plans.plan(Plans.waiting(Plans.ask()), OnFailure.ROLLBACK)));

      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls()).endsWith(AGAIN, HIDE, "settle SUCCEEDED");
    }
  }

  @Test
  void whereContractBeganInAnEarlierProcessNothingIsVerified() {
    try (Stage stage = new Stage(Plans.waiting(Plans.rest()))) {
      stage.script.doneBefore("verify verify/rows");
      stage.script.prepare(
          ResumeTest.begun(
              Plans.plan(Plans.waiting(Plans.rest()), OnFailure.ROLLBACK), List.of(Plans.hide())));

      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls("verifyAgain")).isEmpty();
    }
  }
}
