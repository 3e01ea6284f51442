package dev.lockstep.worker.engine;

import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.engine.Engines;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;

/** What a service has recorded of a run. */
public final class History {
  /** By default a thread that gets no processor for a second fails the replay as a deadlock. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
          .build();

  private final WorkflowClient client;
  private final WorkflowExecutionHistory events;

  private History(WorkflowClient client, WorkflowExecutionHistory events) {
    this.client = client;
    this.events = events;
  }

  /** Fetches that of a run, which may still go on. */
  public static History of(WorkflowClient client, WorkflowExecution run) {
    return new History(client, client.fetchHistory(run.getWorkflowId(), run.getRunId()));
  }

  /**
   * Plays it with the engine of this version, without doing anything.
   *
   * @throws RuntimeException where this version could not go on with the run
   */
  public void replay() {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(RunControls.TASK_QUEUE, PATIENT);
    Engines.register(worker);
    try {
      worker.replayWorkflowExecution(untilTerminated());
    } catch (Exception e) {
      throw new IllegalStateException(
          "the run does not replay: " + events.getWorkflowExecution(), e);
    } finally {
      factory.shutdownNow();
    }
  }

  /** The SDK does not replay the end of a terminated run, which no code of the run knows of. */
  private WorkflowExecutionHistory untilTerminated() {
    return new WorkflowExecutionHistory(
        io.temporal.api.history.v1.History.newBuilder()
            .addAllEvents(
                events().stream()
                    .filter(
                        event ->
                            event.getEventType()
                                != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
                    .toList())
            .build(),
        events.getWorkflowExecution().getWorkflowId());
  }

  /** Its events, oldest first. */
  public List<HistoryEvent> events() {
    return events.getEvents();
  }

  /** As Temporal's tools read and write it. */
  public String json() {
    return events.toJson(/* prettyPrint= */ true);
  }
}
