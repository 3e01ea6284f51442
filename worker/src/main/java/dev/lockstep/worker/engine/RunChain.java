package dev.lockstep.worker.engine;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;

/** One run of several with the same workflow id: a long one goes on in a new history. */
public final class RunChain {
  private RunChain() {}

  /**
   * Its last history until now.
   *
   * @param runId of any of its histories
   * @throws WorkflowNotFoundException where the service knows none such, or has forgotten it
   */
  public static WorkflowStub last(WorkflowClient client, String workflowId, String runId) {
    WorkflowExecution run =
        WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId).build();
    while (true) {
      WorkflowStub stub =
          client.newUntypedWorkflowStub(
              WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build());
      if (stub.describe().getStatus()
          != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW) {
        return stub;
      }
      run = run.toBuilder().setRunId(next(client, run)).build();
    }
  }

  private static String next(WorkflowClient client, WorkflowExecution run) {
    GetWorkflowExecutionHistoryRequest end =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(run)
            .setHistoryEventFilterType(HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
            .build();
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .getWorkflowExecutionHistory(end)
        .getHistory()
        .getEvents(0)
        .getWorkflowExecutionContinuedAsNewEventAttributes()
        .getNewExecutionRunId();
  }
}
