package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ContinuationTest {
  @Test
  void aLongRunGoesOnInNewHistoriesWithEverythingItKnew() {
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.startShort(2);
      RunOutcome outcome = Stage.end(run);

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.steps()).hasSize(14);
      assertThat(stage.histories(run)).hasSize(7);
      assertThat(stage.script.calls()).doesNotHaveDuplicates().hasSize(14);
      assertThat(run.describe().getMemo("LockstepState", String.class)).isEqualTo("SUCCEEDED");
      assertThat(run.describe().getMemo("LockstepRun", String.class))
          .isEqualTo("customer-full-name/1");
    }
  }

  @Test
  void aFailureUndoesTheStepsOfEarlierHistoriesToo() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail(
          "ask gate/ask", Faults.failure(FaultCode.ANSWER_UNEXPECTED, "2, not 1", ""));

      RunOutcome outcome = Stage.end(stage.startShort(3));

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls())
          .endsWith(
              "ask gate/ask",
              "beginUndo",
              "rollBack expand/rollout",
              "undoBuildIndex expand/index",
              "undoStatements expand/add",
              "compareSchema",
              "settle ROLLED_BACK");
    }
  }

  @Test
  void limitsApprovalsAndAPauseAreTakenAlong() {
    try (Stage stage =
        new Stage(List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill()))) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.startShort(1);
      stage.untilCalled("applyStatements expand/add", 1);

      Stage.say(run, "tune", "{\"batchDuration\": \"17ms\"}");
      Stage.say(run, "approve", "{\"gate\": \"contract\"}");
      Stage.say(run, "pause", "{\"by\": \"ada\"}");
      latch.countDown();
      RunStatus paused = Stage.until(run, RunState.PAUSED);
      assertThat(paused.limits().orElseThrow().batchDuration()).isEqualTo(Duration.ofMillis(17));
      assertThat(paused.waitingFor()).containsExactly("paused by ada");
      Stage.say(run, "resume", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.limits()).last().isEqualTo(paused.limits().orElseThrow());
    }
  }

  @Test
  void afterThePointOfNoReturnAnAbortIsRefusedInALaterHistoryToo() {
    try (Stage stage = new Stage(Plans.ending())) {
      CountDownLatch latch = stage.script.block("applyStatements finish/names");
      WorkflowStub run = stage.startShort(1);
      stage.untilCalled("applyStatements finish/names", 1);

      assertThat(Stage.refusal(run, "abort", "{}")).contains("finish/drop");
      latch.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }
}
