package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HoldTest {
  private static Stage holding(List<PlannedStep> steps) {
    Stage stage = new Stage(steps);
    stage.script.prepare(Plans.prepared(Prepared.State.PLANNED, Plans.plan(steps, OnFailure.HOLD)));
    return stage;
  }

  private static ApplicationFailure differ() {
    return Faults.failure(FaultCode.ROWS_DIFFER, "2 rows of customers differ", "");
  }

  @Test
  void aHeldRunSaysWhyAndDoesTheStepAgainOnRetry() {
    try (Stage stage = holding(Plans.whole())) {
      stage.script.fail("backfill migrate/fill", differ());
      WorkflowStub run = stage.start();

      RunStatus held = Stage.until(run, RunState.HELD);
      Stage.say(run, "retry", "{}");
      RunOutcome outcome = Stage.end(run);

      assertThat(held.step()).contains("migrate/fill");
      assertThat(held.waitingFor())
          .containsExactly("held by ROWS_DIFFER: 2 rows of customers differ");
      assertThat(held.decisions()).containsExactly("retry", "abort", "tune");
      assertThat(held.faults()).extracting(f -> f.code()).containsExactly(FaultCode.ROWS_DIFFER);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.fault()).isEmpty();
      assertThat(stage.script.calls("backfill")).hasSize(2);
    }
  }

  @Test
  void aSkippableStepIsLeftOut() {
    try (Stage stage = holding(Plans.whole())) {
      stage.script.fail("verify verify/rows", differ());
      WorkflowStub run = stage.start();

      RunStatus held = Stage.until(run, RunState.HELD);
      Stage.say(run, "skip", "{\"step\": \"verify/rows\", \"reason\": \"known\"}");
      RunOutcome outcome = Stage.end(run);

      assertThat(held.decisions()).contains("skip verify/rows");
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(FailureTest.state(outcome, "verify/rows")).isEqualTo(StepState.SKIPPED);
      assertThat(stage.script.calls("verify ")).hasSize(1);
    }
  }

  @Test
  void anotherStepOrOneThatIsNotSkippableIsNotSkipped() {
    try (Stage stage = holding(Plans.whole())) {
      stage.script.fail("backfill migrate/fill", differ());
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.HELD);

      assertThat(Stage.refusal(run, "skip", "{\"step\": \"verify/rows\"}"))
          .contains("held at migrate/fill, not at verify/rows");
      assertThat(Stage.refusal(run, "skip", "{\"step\": \"migrate/fill\"}"))
          .contains("the plan does not allow to go on without migrate/fill");
      assertThat(Stage.refusal(run, "skip", "{}")).contains("say which step");
      assertThat(Stage.refusal(run, "pause", "{}")).contains("answer with retry, skip or abort");
      assertThat(Stage.status(run).state()).isEqualTo(RunState.HELD);
    }
  }

  @Test
  void retryAndSkipAreRefusedWhereTheRunIsNotHeld() {
    try (Stage stage = holding(Plans.whole())) {
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      stage.untilCalled("backfill migrate/fill", 1);

      assertThat(Stage.refusal(run, "retry", "{}")).contains("not held, it is RUNNING");
      assertThat(Stage.refusal(run, "skip", "{\"step\": \"migrate/fill\"}")).contains("not held");
    }
  }

  @Test
  void aHeldRunIsUndoneOnAbort() {
    try (Stage stage = holding(Plans.whole())) {
      stage.script.fail("backfill migrate/fill", differ());
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.HELD);

      Stage.say(run, "abort", "{}");
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.ROWS_DIFFER);
    }
  }

  @Test
  void afterThePointOfNoReturnAFaultAlwaysHoldsAndAbortIsRefusedWithTheReason() {
    try (Stage stage = new Stage(Plans.ending())) {
      stage.script.fail("applyStatements finish/drop", differ());
      WorkflowStub run = stage.start();
      RunStatus held = Stage.until(run, RunState.HELD);

      assertThat(Stage.refusal(run, "abort", "{}"))
          .contains("step finish/drop (Drop what was hidden) began");
      assertThat(held.decisions()).containsExactly("retry", "tune");
      Stage.say(run, "retry", "{}");
      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void aRunWhoseEndCannotBeRecordedIsHeldUntilItCan() {
    try (Stage stage = new Stage(List.of(Plans.claim(), Plans.add()))) {
      stage.script.fail(
          "settle SUCCEEDED", Faults.failure(FaultCode.PRIVILEGE_MISSING, "no right", ""));
      WorkflowStub run = stage.start();

      Stage.until(run, RunState.HELD);
      assertThat(Stage.refusal(run, "abort", "{}")).contains("every step is done");
      Stage.say(run, "retry", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls("settle")).hasSize(2);
    }
  }
}
