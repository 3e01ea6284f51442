package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a cancelled run ended. Temporal drops the result of a workflow that closes as cancelled; the
 * run tells it in its memo, and the rest in its last status.
 */
final class CancelledOutcome {
  private static final String NEVER_BEGAN = "cancelled before anything was changed";

  private CancelledOutcome() {}

  /**
   * Reads it.
   *
   * @param last status; absent where no worker answers any more
   */
  static RunOutcome read(WorkflowStub run, Optional<RunStatus> last) {
    WorkflowExecutionDescription found = run.describe();
    return new RunOutcome(
        memo(found, RunControls.MEMO_STATE).map(RunState::valueOf).orElse(RunState.CANCELLED),
        memo(found, RunControls.MEMO_PHASE).map(Phase::valueOf).orElse(Phase.PREPARE),
        memo(found, RunControls.MEMO_RUN).orElse(""),
        memo(found, RunControls.MEMO_MESSAGE).orElse(NEVER_BEGAN),
        last.map(RunStatus::steps).orElse(List.of()),
        new TreeMap<>(),
        Optional.of(Fault.of(FaultCode.RUN_CANCELLED, "the workflow was cancelled", "")),
        last.map(RunStatus::undoFailures).orElse(List.of()));
  }

  private static Optional<String> memo(WorkflowExecutionDescription run, String field) {
    return run.getMemo(field, String.class) instanceof String value
        ? Optional.of(value)
        : Optional.empty();
  }
}
