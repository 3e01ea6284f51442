package dev.lockstep.workflows.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CancelTest {
  private static final String FILL = "backfill migrate/fill";

  @Test
  void aCancelDuringALongActivityUndoesEverythingAndEndsCanceled() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      stage.untilCalled(FILL, 1);

      run.cancel();

      assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(run.describe().getStatus())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
      assertThat(memo(run, "LockstepState")).isEqualTo("CANCELLED");
      List<String> calls = stage.script.calls();
      assertThat(calls.subList(calls.indexOf(FILL) + 1, calls.size()))
          .containsExactly(
              "beginUndo",
              "rollBack expand/rollout",
              "undoBuildIndex expand/index",
              "undoStatements expand/add",
              "compareSchema",
              "settle CANCELLED");
    }
  }

  @Test
  void aCancelDuringAShortStepWaitsForItsEnd() {
    try (Stage stage = new Stage(Plans.whole())) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements expand/add", 1);

      run.cancel();
      Stage.until(run, now -> !now.decisions().contains("abort"));
      assertThat(stage.script.calls("beginUndo")).isEmpty();
      latch.countDown();

      assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(stage.script.calls())
          .endsWith("undoStatements expand/add", "compareSchema", "settle CANCELLED");
    }
  }

  @Test
  void aCancelThatCannotUndoEverythingIsRecordedAsFailed() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail(
          "undoStatements expand/add",
          Faults.failure(FaultCode.STATEMENT_REFUSED, "customers is gone", ""));
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      run.cancel();

      assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(memo(run, "LockstepState")).isEqualTo("FAILED");
      assertThat(stage.script.calls()).endsWith("settle FAILED");
    }
  }

  @Test
  void aCancelAfterThePointOfNoReturnUndoesNothingAndLeavesTheRunOpen() {
    try (Stage stage = new Stage(Plans.ending())) {
      CountDownLatch latch = stage.script.block("applyStatements finish/drop");
      WorkflowStub run = stage.start();
      stage.untilCalled("applyStatements finish/drop", 1);

      run.cancel();
      stage.untilCancelRequested(run);
      latch.countDown();

      assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(memo(run, "LockstepState")).isEqualTo("FAILED");
      assertThat(memo(run, "LockstepMessage"))
          .contains("nothing was undone; run the same definition again to finish it");
      assertThat(stage.script.calls("settle")).isEmpty();
      assertThat(stage.script.calls("undo")).isEmpty();
    }
  }

  private static String memo(WorkflowStub run, String name) {
    return requireNonNull((String) run.describe().getMemo(name, String.class));
  }
}
