package dev.lockstep.worker.server;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunChain;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How runs stand, each asked for once between two looks. Not for several threads. */
final class RunEnds {
  private static final Duration CALL = Duration.ofSeconds(10);

  private final EngineDoor door;
  private final Map<String, Optional<CommitState>> asked = new HashMap<>();

  RunEnds(EngineDoor door) {
    this.door = door;
  }

  /** Begins a new look. */
  void forget() {
    asked.clear();
  }

  /** Absent: the service does not answer. */
  Optional<CommitState> state(Delivery delivery, Delivery.Settled settled) {
    if (settled.fault().isPresent()) {
      return Optional.of(
          new CommitState(CommitState.Kind.FAILURE, "not started: " + settled.fault().get()));
    }
    String runId = settled.runId().orElse("");
    return asked.computeIfAbsent(runId, unused -> ask(delivery.workflowId(), runId));
  }

  private Optional<CommitState> ask(String workflowId, String runId) {
    Optional<EngineConnection> connection = door.connected();
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          door.within(
              CALL, () -> state(RunChain.last(connection.get().client(), workflowId, runId))));
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  private static CommitState state(WorkflowStub stub) {
    WorkflowExecutionStatus status = stub.describe().getStatus();
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_PAUSED ->
          new CommitState(CommitState.Kind.PENDING, "the run is under way");
      case WORKFLOW_EXECUTION_STATUS_COMPLETED, WORKFLOW_EXECUTION_STATUS_FAILED -> ended(stub);
      default ->
          new CommitState(
              CommitState.Kind.FAILURE,
              status
                  .name()
                  .replaceFirst("^WORKFLOW_EXECUTION_STATUS_", "")
                  .toLowerCase(Locale.ROOT));
    };
  }

  private static CommitState ended(WorkflowStub stub) {
    try {
      RunOutcome outcome = stub.getResult(RunOutcome.class);
      return new CommitState(
          outcome.state() == RunState.SUCCEEDED
              ? CommitState.Kind.SUCCESS
              : CommitState.Kind.FAILURE,
          outcome.message());
    } catch (WorkflowFailedException e) {
      return new CommitState(CommitState.Kind.FAILURE, "the run failed; see its report");
    }
  }
}
