package dev.lockstep.worker.engine;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.ArrayList;
import java.util.List;

/**
 * All histories of one run, oldest first: a long run goes on in a new history.
 *
 * @param complete whether the first one is there; a service forgets what is older than its
 *     retention
 */
public record RunHistories(List<List<HistoryEvent>> histories, boolean complete) {
  public RunHistories {
    histories = List.copyOf(histories);
  }

  /**
   * Fetches those of the newest run with that workflow id, which may still go on.
   *
   * @throws WorkflowNotFoundException where there is none
   */
  public static RunHistories of(WorkflowClient client, String workflowId) {
    WorkflowExecution newest = client.newUntypedWorkflowStub(workflowId).describe().getExecution();
    List<List<HistoryEvent>> found = new ArrayList<>();
    found.add(History.of(client, newest).events());
    for (String earlier = before(found.get(0));
        !earlier.isEmpty();
        earlier = before(found.get(0))) {
      WorkflowExecution run =
          WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(earlier).build();
      try {
        found.add(0, History.of(client, run).events());
      } catch (WorkflowNotFoundException e) {
        return new RunHistories(found, false);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throw e;
        }
        return new RunHistories(found, false);
      }
    }
    return new RunHistories(found, true);
  }

  /** The run id of the history before that one; empty where there is none. */
  private static String before(List<HistoryEvent> events) {
    return events.get(0).getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId();
  }
}
