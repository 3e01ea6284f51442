package dev.lockstep.worker.schedules;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.ScheduledEnd;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of the starts of schedules. */
final class StartedRuns {
  /** Each is a question to the service. */
  private static final int MOST = 5;

  private static final String STATUS = "WORKFLOW_EXECUTION_STATUS_";

  private final WorkflowClient client;

  StartedRuns(WorkflowClient client) {
    this.client = client;
  }

  /** Of these, which are the oldest first, the newest. */
  List<ScheduleRow.Run> newest(List<ScheduleActionResult> starts) {
    List<ScheduleActionResult> order = new ArrayList<>(starts);
    Collections.reverse(order);
    return order.stream().limit(MOST).map(this::run).toList();
  }

  private ScheduleRow.Run run(ScheduleActionResult start) {
    String state =
        Optional.ofNullable(start.getAction())
            .filter(ScheduleActionExecutionStartWorkflow.class::isInstance)
            .map(ScheduleActionExecutionStartWorkflow.class::cast)
            .map(this::state)
            .orElse("unknown");
    return new ScheduleRow.Run(start.getScheduledAt(), start.getStartedAt(), state);
  }

  private String state(ScheduleActionExecutionStartWorkflow start) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder()
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId(start.getWorkflowId())
                        .setRunId(start.getFirstExecutionRunId())
                        .build())
                .build());
    try {
      WorkflowExecutionStatus status = stub.describe().getStatus();
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
          ? ended(stub.getResult(ScheduledEnd.class))
          : word(status.name().replace(STATUS, ""));
    } catch (WorkflowNotFoundException | WorkflowFailedException e) {
      // Older than the service keeps them.
      return "forgotten";
    }
  }

  private static String ended(ScheduledEnd end) {
    return end.attached()
        ? "attached to a run under way"
        : end.state().map(RunState::name).map(StartedRuns::word).orElse("unknown");
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
