package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResumeTest {
  private static final Plan PLAN = Plans.plan(Plans.whole(), OnFailure.ROLLBACK);

  private static Prepared begun(List<PlannedStep> steps) {
    return begun(PLAN, steps);
  }

  /** A run of an earlier process in which these steps began. */
  static Prepared begun(Plan plan, List<PlannedStep> steps) {
    return Plans.prepared(Prepared.State.RESUMED, plan)
        .withBegun(steps.stream().map(PlannedStep::id).toList());
  }

  @Test
  void aDefinitionThatIsDoneIsNotDoneAgain() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(Plans.prepared(Prepared.State.ALREADY_DONE, PLAN));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.message())
          .isEqualTo("nothing to do: run customer-full-name/1 of the same definition succeeded");
      assertThat(stage.script.calls()).containsExactly("prepare");
    }
  }

  @Test
  void aDryRunOnlyPlans() {
    try (Stage stage = new Stage(Plans.whole())) {
      RunOutcome outcome =
          Stage.end(stage.start("{\"name\": \"customer-full-name\", \"dryRun\": true}"));

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.message())
          .isEqualTo("dry run: would do 14 steps on [customers]; nothing was changed");
      assertThat(outcome.steps()).hasSize(14);
      assertThat(stage.script.calls()).containsExactly("prepare");
    }
  }

  @Test
  void aResumedRunWalksThroughItsPlanFromTheStart() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(Plans.prepared(Prepared.State.RESUMED, PLAN));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls()).contains("claim prepare/claim", "settle SUCCEEDED");
    }
  }

  @Test
  void aResumedRunThatFailsEarlyUndoesTheLaterStepsToo() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(Plans.prepared(Prepared.State.RESUMED, PLAN));
      stage.script.fail(
          "applyStatements expand/add", Faults.failure(FaultCode.PRIVILEGE_MISSING, "no", ""));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls())
          .containsSubsequence(
              "undoStatements contract/hide",
              "undoRemoveIndex contract/unindex",
              "undoStatements expand/add");
    }
  }

  @Test
  void aRunThatHadBegunToUndoGoesOnUndoing() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(Plans.prepared(Prepared.State.UNDOING, PLAN));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls())
          .containsExactly(
              "prepare",
              "beginUndo",
              "undoStatements contract/hide",
              "undoRemoveIndex contract/unindex",
              "rollBack expand/rollout",
              "undoBuildIndex expand/index",
              "undoStatements expand/add",
              "compareSchema",
              "settle ROLLED_BACK");
    }
  }

  @Test
  void aRunResumedAfterThePointOfNoReturnNeitherWaitsAgainNorCanBeUndone() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(begun(Plans.whole().subList(0, 13)));
      stage.script.fail(
          "applyStatements expand/add", Faults.failure(FaultCode.PRIVILEGE_MISSING, "no", ""));
      WorkflowStub run = stage.start();

      Stage.until(run, RunState.HELD);
      assertThat(Stage.refusal(run, "abort", "{}")).contains("finish/drop");
      Stage.say(run, "retry", "{}");
      stage.untilCalled("settle SUCCEEDED", 1);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void aRunResumedInsideTheRevertWindowWaitsThere() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.prepare(begun(Plans.undoable()));
      WorkflowStub run = stage.start();

      Stage.until(run, RunState.WAITING);

      Stage.say(run, "abort", "{}");
      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    }
  }
}
