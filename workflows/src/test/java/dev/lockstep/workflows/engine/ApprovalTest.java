package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fakes.Plans;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ApprovalTest {
  private static final List<PlannedStep> STEPS =
      List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill());
  private static final String APPROVE = "{\"gate\": \"contract\", \"by\": \"ada\"}";

  @Test
  void theRunWaitsAtTheGateUntilSomebodyApproves() {
    try (Stage stage = new Stage(STEPS)) {
      WorkflowStub run = stage.start();
      RunStatus waiting = Stage.until(run, RunState.WAITING);
      assertThat(stage.script.calls("backfill")).isEmpty();

      Stage.say(run, "approve", APPROVE);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(waiting.waitingFor()).containsExactly("nobody has approved gate contract");
      assertThat(waiting.decisions()).containsExactly("approve contract", "pause", "abort", "tune");
    }
  }

  @Test
  void anApprovalMayComeBeforeTheGate() {
    try (Stage stage = new Stage(STEPS)) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements expand/add", 1);

      Stage.say(run, "approve", APPROVE);
      assertThat(Stage.refusal(run, "approve", APPROVE)).contains("approved already");
      latch.countDown();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void anUnknownAMissingAndAPassedGateAreRefused() {
    try (Stage stage = new Stage(STEPS)) {
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      assertThat(Stage.refusal(run, "approve", "{\"gate\": \"moon\"}"))
          .contains("the run has no gate moon; its gates are [contract]");
      assertThat(Stage.refusal(run, "approve", "{}")).contains("say which gate");
      assertThat(Stage.refusal(run, "approve", "null")).contains("say which gate");
      Stage.say(run, "approve", APPROVE);
      stage.untilCalled("backfill migrate/fill", 1);
      assertThat(Stage.refusal(run, "approve", APPROVE)).contains("approved already");
    }
  }

  @Test
  void aRunWithoutGatesSaysSo() {
    try (Stage stage = new Stage(List.of(Plans.claim(), Plans.backfill()))) {
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      stage.untilCalled("backfill migrate/fill", 1);

      assertThat(Stage.refusal(run, "approve", APPROVE)).contains("this run has none");
    }
  }

  @Test
  void anAbortAtTheGateUndoes() {
    try (Stage stage = new Stage(STEPS)) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      Stage.say(run, "abort", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.script.calls()).contains("undoStatements expand/add");
    }
  }

  @Test
  void aPauseAtTheGateStopsAfterTheApproval() {
    try (Stage stage = new Stage(STEPS)) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      Stage.say(run, "pause", "{}");
      Stage.say(run, "approve", APPROVE);
      Stage.until(run, RunState.PAUSED);

      assertThat(stage.script.calls("backfill")).isEmpty();
      Stage.say(run, "resume", "{}");

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }
}
