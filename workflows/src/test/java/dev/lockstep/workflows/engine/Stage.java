package dev.lockstep.workflows.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.Control.Taken;
import dev.lockstep.workflows.api.MigrationWorkflow;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.FakeCopies;
import dev.lockstep.workflows.fakes.FakeHands;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fakes.Script;
import dev.lockstep.workflows.wire.LockstepDataConverter;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.RawValue;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A Temporal service, a worker with fake hands, and a client, for one test. */
final class Stage implements AutoCloseable {
  static final String REQUEST = "{\"name\": \"customer-full-name\"}";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  final Script script;
  final TestWorkflowEnvironment environment;
  final Worker worker;

  Stage(List<PlannedStep> steps) {
    this(steps, Engines.workerInterceptor());
  }

  Stage(List<PlannedStep> steps, WorkerInterceptor... interceptors) {
    script = new Script(Plans.prepared(steps));
    environment = TestWorkflowEnvironment.newInstance(options(interceptors));
    worker =
        environment.newWorker(
            MigrationWorkflow.TASK_QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .build());
    Engines.register(worker);
    worker.registerActivitiesImplementations(new FakeHands(script), new FakeCopies(script));
    environment.start();
  }

  private static TestEnvironmentOptions options(WorkerInterceptor... interceptors) {
    return TestEnvironmentOptions.newBuilder()
        .setWorkflowClientOptions(
            WorkflowClientOptions.newBuilder()
                .setDataConverter(LockstepDataConverter.create())
                .setIdentity("test")
                .build())
        .setWorkerFactoryOptions(
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(interceptors)
                // Else every test waits a second for its worker to end.
                .setShutdownCheckInterval(Duration.ofMillis(20))
                .build())
        .build();
  }

  /** Starts a run with the usual input. */
  WorkflowStub start() {
    return start(REQUEST);
  }

  /** Starts a run with this JSON. */
  WorkflowStub start(String json) {
    return start("migration/customer-full-name", tree(json));
  }

  /** Starts a run with this value, or none. */
  WorkflowStub start(String id, @Nullable Object input) {
    return start("Migration", id, input);
  }

  /** Starts a backup, a restore or a drill, as it was prepared. */
  WorkflowStub startCopy(Prepared prepared) {
    script.prepare(prepared);
    String kind = prepared.kind();
    String name = prepared.plan().migration();
    String input = "{\"name\": \"" + name + "\"}";
    return start(kind, kind.toLowerCase(Locale.ROOT) + "/" + name, tree(input));
  }

  /** Starts a workflow of that type. */
  WorkflowStub start(String type, String id, @Nullable Object input) {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(MigrationWorkflow.TASK_QUEUE)
                    .setWorkflowId(id)
                    .build());
    run.start(input);
    return run;
  }

  static JsonNode tree(String json) {
    try {
      return Wire.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Starts a run that goes on in a new history after so many steps. */
  WorkflowStub startShort(int stepsAHistory) {
    return start("migration/customer-full-name", shortRequest(stepsAHistory));
  }

  /** The input of such a run, as an engine wrote it. */
  ObjectNode shortRequest(int stepsAHistory) {
    Prepared prepared = script.prepared();
    RunBook book = new RunBook();
    book.open(prepared);
    Continued continued =
        new Continued(
            prepared,
            prepared.plan().limits(),
            new Continued.Place(0, false, Optional.empty()),
            new Continued.Past(
                List.of(), book.steps.reports(), Optional.empty(), List.of(), Optional.empty()),
            new Continued.Said(List.of(), Optional.empty(), List.of()),
            new TreeMap<>(),
            stepsAHistory);
    ObjectNode request = tree(REQUEST).deepCopy();
    request.set(Request.CONTINUED, Wire.tree(continued));
    return request;
  }

  /** The histories of a run, newest first. */
  List<WorkflowExecutionHistory> histories(WorkflowStub run) {
    List<WorkflowExecutionHistory> histories = new ArrayList<>();
    String id = run.describe().getExecution().getWorkflowId();
    String runId = run.describe().getExecution().getRunId();
    while (!runId.isEmpty()) {
      WorkflowExecutionHistory history = environment.getWorkflowClient().fetchHistory(id, runId);
      histories.add(history);
      runId =
          history
              .getEvents()
              .get(0)
              .getWorkflowExecutionStartedEventAttributes()
              .getContinuedExecutionRunId();
    }
    return histories;
  }

  /** Starts a run with exactly these bytes as its JSON. */
  WorkflowStub startRaw(String id, String text) {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(text))
            .build();
    return start(id, new RawValue(payload));
  }

  /** Waits for the end; time is skipped meanwhile. */
  static RunOutcome end(WorkflowStub run) {
    return run.getResult(RunOutcome.class);
  }

  static RunStatus status(WorkflowStub run) {
    return run.query("status", RunStatus.class);
  }

  /** Waits, without skipping time, until the status is as wanted. */
  static RunStatus until(WorkflowStub run, Predicate<RunStatus> wanted) {
    return await().atMost(DEADLINE).until(() -> status(run), wanted);
  }

  static RunStatus until(WorkflowStub run, RunState state) {
    return until(run, status -> status.state() == state);
  }

  /** Waits until the hands got this call so many times. */
  void untilCalled(String call, int times) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(script.calls()).filteredOn(call::equals).hasSize(times));
  }

  /** The failure that the run ended with. */
  static Throwable failure(WorkflowStub run) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(RunOutcome.class));
    return requireNonNull(failed.getCause());
  }

  /** What an update was refused with. */
  static String refusal(WorkflowStub run, String update, String json) {
    WorkflowUpdateException refused =
        catchThrowableOfType(WorkflowUpdateException.class, () -> say(run, update, json));
    return requireNonNull(requireNonNull(refused.getCause()).getMessage());
  }

  /** Waits until the run has heard of its cancellation. */
  void untilCancelRequested(WorkflowStub run) {
    await()
        .atMost(DEADLINE)
        .until(() -> has(run, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED));
  }

  /** Whether the newest history of a run has an event of this type. */
  boolean has(WorkflowStub run, EventType type) {
    return histories(run).get(0).getEvents().stream()
        .anyMatch(event -> event.getEventType() == type);
  }

  /** Sends an update with this JSON. */
  static Taken say(WorkflowStub run, String update, String json) {
    return run.update(update, Taken.class, tree(json));
  }

  @Override
  public void close() {
    environment.close();
  }
}
