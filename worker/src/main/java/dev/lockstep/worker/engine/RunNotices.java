package dev.lockstep.worker.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.api.Notified;
import dev.lockstep.workflows.api.NotifyRequest;
import dev.lockstep.workflows.api.NotifyWorkflow;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.contract.Notice;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The notices of a run. */
public final class RunNotices {
  private final EngineConnection connection;

  /** Of the runs of this connection. */
  public RunNotices(EngineConnection connection) {
    this.connection = connection;
  }

  /** Starts one, unless its id was used before. */
  public void start(Notice notice, List<Notification> them) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(notice.id())
            .setTaskQueue(RunControls.TASK_QUEUE)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .build();
    try {
      connection
          .client()
          .newUntypedWorkflowStub(NotifyWorkflow.TYPE, options)
          .start(new NotifyRequest(notice, them));
    } catch (WorkflowExecutionAlreadyStarted e) {
      // Another process was first.
    }
  }

  /**
   * Waits until those of one run are delivered or given up.
   *
   * @param limit for all of them together
   * @return a sentence for each that was not delivered
   */
  public List<String> await(String workflowId, Duration limit) {
    return await(started(workflowId), limit, Instant.now().plus(limit));
  }

  /**
   * The same for those of every run that are not delivered yet, also of one that ends meanwhile.
   */
  public List<String> awaitAll(Duration limit) {
    Instant end = Instant.now().plus(limit);
    Set<WorkflowExecution> seen = new HashSet<>();
    List<String> missed = new ArrayList<>();
    List<WorkflowExecution> more = open();
    while (seen.addAll(more)) {
      missed.addAll(await(more, limit, end));
      more = open().stream().filter(notice -> !seen.contains(notice)).toList();
    }
    return missed;
  }

  /** A sentence, as {@link #awaitAll} has it, for each that is not delivered yet. */
  public List<String> late(Duration limit) {
    return open().stream().map(notice -> late(notice, limit)).toList();
  }

  private static String late(WorkflowExecution notice, Duration limit) {
    return "not every receiver took notice %s within %ds; it ends with this process"
        .formatted(notice.getWorkflowId(), limit.toSeconds());
  }

  private List<String> await(List<WorkflowExecution> notices, Duration limit, Instant end) {
    List<String> missed = new ArrayList<>();
    for (WorkflowExecution notice : notices) {
      try {
        Notified notified =
            connection
                .client()
                .newUntypedWorkflowStub(
                    WorkflowTargetOptions.newBuilder().setWorkflowExecution(notice).build())
                .getResult(left(end), TimeUnit.MILLISECONDS, Notified.class);
        notified
            .givenUp()
            .forEach(
                one ->
                    missed.add(
                        "notification " + one.notification() + " was given up: " + one.reason()));
      } catch (TimeoutException e) {
        missed.add(late(notice, limit));
      } catch (WorkflowException e) {
        missed.add("notice " + notice.getWorkflowId() + " ended: " + RunFailures.read(e).message());
      }
    }
    return missed;
  }

  /** At least a moment, so that one that has ended is heard. */
  private static long left(Instant end) {
    return Math.max(100, Duration.between(Instant.now(), end).toMillis());
  }

  /** The embedded service has this question alone of all lists, and leaves its filters out. */
  private List<WorkflowExecution> open() {
    ListOpenWorkflowExecutionsRequest every =
        ListOpenWorkflowExecutionsRequest.newBuilder()
            .setNamespace(connection.client().getOptions().getNamespace())
            .build();
    return connection
        .client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .listOpenWorkflowExecutions(every)
        .getExecutionsList()
        .stream()
        .filter(one -> one.getType().getName().equals(NotifyWorkflow.TYPE))
        .map(WorkflowExecutionInfo::getExecution)
        .toList();
  }

  private List<WorkflowExecution> started(String workflowId) {
    return RunHistories.of(connection.client(), workflowId).histories().stream()
        .flatMap(List::stream)
        .filter(
            event -> event.getEventType() == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)
        .map(event -> event.getChildWorkflowExecutionStartedEventAttributes())
        .filter(child -> child.getWorkflowType().getName().equals(NotifyWorkflow.TYPE))
        .map(child -> child.getWorkflowExecution())
        .toList();
  }
}
