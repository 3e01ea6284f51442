package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Old names that are hidden on trial. */
final class TrialTest {
  private static final String APPROVE = "{\"gate\": \"contract\", \"by\": \"ada\"}";
  private static final String END = "{\"gate\": \"trial\", \"by\": \"ada\"}";
  private static final String TRY = "tryOut contract/trial";
  private static final Plan PLAN = Plans.plan(Plans.onTrial(), OnFailure.ROLLBACK);

  static ApplicationFailure failed() {
    return Faults.failure(
        FaultCode.TRIAL_FAILED, "clients failed 2 s after: 14 were rolled back", "contract/trial");
  }

  /** Waits until the run is at its gate again. */
  static RunStatus untilBack(Stage stage, WorkflowStub run) {
    stage.untilCalled("undoStatements contract/hide", 1);
    return Stage.until(
        run,
        status ->
            status.state() == RunState.WAITING && status.decisions().contains("approve contract"));
  }

  @Test
  void aCleanTrialHidesOnceAndGoesOn() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      RunOutcome outcome = Stage.end(atTrial(stage));

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls())
          .endsWith(
              "beforeTrial gate/before",
              "applyStatements contract/hide",
              "applyStatements contract/hide-more",
              TRY,
              "applyStatements finish/drop",
              "settle SUCCEEDED");
    }
  }

  @Test
  void afterAFailedTrialTheNamesComeBackAndAPersonDecides() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.fail(TRY, failed());
      WorkflowStub run = atTrial(stage);
      RunStatus back = untilBack(stage, run);

      assertThat(back.step()).contains("gate/before");
      assertThat(back.waitingFor())
          .containsExactly(
              "clients failed 2 s after: 14 were rolled back. The old names are back; approve with"
                  + " gate contract tries again, abort takes everything back");
      assertThat(back.faults()).extracting(f -> f.code()).containsExactly(FaultCode.TRIAL_FAILED);
      assertThat(state(back.steps(), "contract/hide")).isEqualTo(StepState.PENDING);
      assertThat(state(back.steps(), "contract/trial")).isEqualTo(StepState.FAILED);
      assertThat(stage.script.calls())
          .endsWith(TRY, "undoStatements contract/hide-more", "undoStatements contract/hide");

      Stage.say(run, "approve", APPROVE);
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.fault()).isEmpty();
      assertThat(state(outcome.steps(), "contract/trial")).isEqualTo(StepState.DONE);
      assertThat(stage.script.calls())
          .endsWith(
              "forgetTrial contract/trial",
              "beforeTrial gate/before",
              "applyStatements contract/hide",
              "applyStatements contract/hide-more",
              TRY,
              "applyStatements finish/drop",
              "settle SUCCEEDED");
    }
  }

  @Test
  void rowsAreVerifiedAgainWhileTheRunWaitsForAnotherTrial() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.fail(TRY, failed());
      stage.script.fail("verifyAgain verify/rows", VerifyAgainTest.drifted());
      WorkflowStub run = atTrial(stage);
      untilBack(stage, run);

      stage.environment.sleep(Duration.ofSeconds(61));
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.TRIAL_FAILED);
      assertThat(stage.script.calls()).contains("undoStatements expand/add");
    }
  }

  @Test
  void anAbortAfterAFailedTrialTakesEverythingBack() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.fail(TRY, failed());
      WorkflowStub run = atTrial(stage);
      untilBack(stage, run);

      Stage.say(run, "abort", "{}");
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.TRIAL_FAILED);
      assertThat(stage.script.calls()).contains("undoStatements expand/add");
    }
  }

  @Test
  void anAbortInTheTrialTakesEverythingBack() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.runEndlessly(TRY);
      WorkflowStub run = atTrial(stage);
      stage.untilCalled(TRY, 1);

      Stage.say(run, "abort", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls())
          .containsSubsequence(
              TRY,
              "undoStatements contract/hide-more",
              "undoStatements contract/hide",
              "undoStatements expand/add");
    }
  }

  @Test
  void aPersonEndsTheTrialEarly() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.runEndlessly(TRY);
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      assertThat(Stage.refusal(run, "approve", END)).contains("does not wait at gate trial now");
      Stage.say(run, "approve", APPROVE);
      stage.untilCalled(TRY, 1);
      RunStatus trying = Stage.until(run, RunState.WAITING);
      assertThat(trying.decisions()).contains("approve trial").doesNotContain("approve contract");
      assertThat(trying.waitingFor())
          .contains("old names are hidden on trial; approve with gate trial ends it early");

      Stage.say(run, "approve", END);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls())
          .containsSubsequence(TRY, "endTrial contract/trial", "applyStatements finish/drop");
      assertThat(stage.script.calls("undoStatements")).isEmpty();
    }
  }

  @Test
  void aPauseAndNewLimitsLetTheTrialGoOn() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.runEndlessly(TRY);
      WorkflowStub run = atTrial(stage);
      stage.untilCalled(TRY, 1);

      Stage.say(run, "tune", "{\"parallelism\": 2}");
      Stage.say(run, "pause", "{}");
      stage.script.release(TRY);
      Stage.until(run, RunState.PAUSED);
      assertThat(stage.script.calls(TRY)).hasSize(1);
      Stage.say(run, "resume", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls(TRY)).hasSize(1);
    }
  }

  @Test
  void namesComeBackAlsoWhereTheRunIsToPause() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      var latch = stage.script.block(TRY);
      stage.script.fail(TRY, failed());
      WorkflowStub run = atTrial(stage);
      stage.untilCalled(TRY, 1);
      Stage.say(run, "pause", "{}");

      latch.countDown();
      Stage.until(run, RunState.PAUSED);

      assertThat(stage.script.calls()).endsWith("undoStatements contract/hide");
      Stage.say(run, "resume", "{}");
      untilBack(stage, run);
      Stage.say(run, "approve", APPROVE);
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void namesThatCannotComeBackUndoTheRun() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.fail(TRY, failed());
      stage.script.fail(
          "undoStatements contract/hide",
          Faults.failure(FaultCode.OBJECT_UNEXPECTED, "no such column", "contract/hide"));
      RunOutcome outcome = Stage.end(atTrial(stage));

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.OBJECT_UNEXPECTED);
      assertThat(stage.script.calls())
          .filteredOn("undoStatements contract/hide"::equals)
          .hasSize(2);
    }
  }

  @Test
  void aProcessThatFindsAFailedTrialBringsBackTheRestAndWaits() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.prepare(begun("contract/hide", "contract/trial"));
      WorkflowStub run = stage.start();
      RunStatus back = untilBack(stage, run);

      assertThat(back.waitingFor().get(0)).startsWith("clients failed in the trial of an earlier");
      assertThat(stage.script.calls("undoStatements"))
          .containsExactly("undoStatements contract/hide");
      assertThat(stage.script.calls("beforeTrial")).isEmpty();
      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls())
          .containsSubsequence("forgetTrial contract/trial", "applyStatements contract/hide", TRY);
    }
  }

  @Test
  void aProcessThatFindsATrialUnderWayGoesOnWithIt() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.prepare(begun("contract/hide", "contract/hide-more", "contract/trial"));

      assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);

      assertThat(stage.script.calls("undoStatements")).isEmpty();
      assertThat(stage.script.calls(TRY)).hasSize(1);
    }
  }

  @Test
  void aFailedTrialIsRememberedByNewHistories() {
    try (Stage stage = new Stage(Plans.onTrial())) {
      stage.script.fail(TRY, failed());
      WorkflowStub run = stage.startShort(3);
      Stage.until(run, RunState.WAITING);
      Stage.say(run, "approve", APPROVE);
      untilBack(stage, run);
      stage.environment.sleep(Duration.ofMinutes(20));
      RunStatus back =
          Stage.until(
              run,
              status ->
                  status.state() == RunState.WAITING
                      && status.verification().filter(v -> v.repetitions() > 2).isPresent());

      assertThat(back.waitingFor().get(0)).startsWith("clients failed 2 s after");
      assertThat(stage.script.calls(TRY)).hasSize(1);
      Stage.say(run, "approve", APPROVE);
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.histories(run)).hasSizeGreaterThan(3);
    }
  }

  private static WorkflowStub atTrial(Stage stage) {
    WorkflowStub run = stage.start();
    Stage.until(run, RunState.WAITING);
    Stage.say(run, "approve", APPROVE);
    return run;
  }

  private static Prepared begun(String... late) {
    List<PlannedStep> steps =
        Plans.onTrial().stream()
            .filter(step -> !step.id().startsWith("contract") || List.of(late).contains(step.id()))
            .filter(step -> !step.id().startsWith("finish"))
            .toList();
    return ResumeTest.begun(PLAN, steps);
  }

  private static StepState state(List<StepReport> steps, String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow().state();
  }
}
