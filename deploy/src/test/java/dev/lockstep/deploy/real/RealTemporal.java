package dev.lockstep.deploy.real;

import com.google.protobuf.Duration;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.History;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The Temporal service of the testbed with a namespace of this JVM's own, so that no worker of
 * somebody else serves its runs. Tests come one after the other and end their runs.
 */
final class RealTemporal {
  private static final List<String> ATTRIBUTES =
      List.of("LockstepKind", "LockstepName", "LockstepDatabase", "LockstepPhase", "LockstepState");
  private static final Path HISTORIES = Path.of("target", "histories");
  private static final long RETENTION_SECONDS = TimeUnit.DAYS.toSeconds(1);
  private static final java.time.Duration PATIENCE = java.time.Duration.ofMinutes(3);

  private final Testbed testbed;
  private final ClientConfigProfile profile;
  private final EngineConnection connection;
  private final Set<String> ended = new HashSet<>();

  private RealTemporal(Testbed testbed, String namespace) {
    this.testbed = testbed;
    this.profile =
        ClientConfigProfile.newBuilder()
            .setAddress(testbed.temporal())
            .setNamespace(namespace)
            .build();
    prepare();
    this.connection = connect();
  }

  /** The one of this JVM. */
  static RealTemporal shared() {
    return Shared.SERVICE;
  }

  /** One with another namespace, for many runs of which none is replayed. */
  static RealTemporal apart(String name) {
    return new RealTemporal(Testbed.read(), name + "-" + ProcessHandle.current().pid());
  }

  Testbed testbed() {
    return testbed;
  }

  String address() {
    return testbed.temporal();
  }

  String namespace() {
    return String.valueOf(profile.getNamespace());
  }

  EngineConnection connection() {
    return connection;
  }

  WorkflowClient client() {
    return connection.client();
  }

  /** What a shell would export for the command. */
  Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", address(), "TEMPORAL_NAMESPACE", namespace());
  }

  /** Runs that a list query finds. */
  List<WorkflowExecutionMetadata> list(String query) {
    return client().listExecutions(query).toList();
  }

  /** Exactly that run, where others have had the same id. */
  WorkflowStub run(WorkflowExecution execution) {
    return client()
        .newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder()
                .setWorkflowId(execution.getWorkflowId())
                .setRunId(execution.getRunId())
                .build());
  }

  /** Identity of the worker that is at the one activity of a run; empty where none is. */
  String workerOf(WorkflowStub run) {
    return connection
        .client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace())
                .setExecution(run.describe().getExecution())
                .build())
        .getPendingActivitiesList()
        .stream()
        .filter(it -> it.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
        .map(PendingActivityInfo::getLastWorkerIdentity)
        .findFirst()
        .orElse("");
  }

  /**
   * Ends the runs of a test: each history is kept in {@code target/histories}, what still runs is
   * terminated, and every history replays.
   *
   * @throws RuntimeException where this version of Lockstep would not go on with a run
   */
  void replayAndEnd() {
    for (WorkflowExecutionMetadata run : list("")) {
      WorkflowExecution execution = run.getExecution();
      if (!ended.add(execution.getRunId())) {
        continue;
      }
      History history = History.of(client(), execution);
      keep(execution, history);
      end(execution);
      history.replay();
    }
  }

  /** Whether a run is of a test that is over. */
  boolean hasEnded(String runId) {
    return ended.contains(runId);
  }

  private static void keep(WorkflowExecution run, History history) {
    String name = run.getWorkflowId().replace('/', '-') + "-" + run.getRunId();
    try {
      Files.createDirectories(HISTORIES);
      Files.writeString(HISTORIES.resolve(name + ".json"), history.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(WorkflowExecution execution) {
    try {
      run(execution).terminate("the test is over");
    } catch (WorkflowNotFoundException e) {
      // It has ended by itself.
    }
  }

  private EngineConnection connect() {
    try {
      return EngineConnection.to(profile);
    } catch (EngineUnreachableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the namespace usable: a server learns of a new one only after a moment. */
  private void prepare() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    try {
      register(stubs);
      Awaitility.await().atMost(PATIENCE).until(() -> takesAttributes(stubs));
      WorkflowClient asking = WorkflowClient.newInstance(stubs, profile.toWorkflowClientOptions());
      Awaitility.await().atMost(PATIENCE).until(() -> answersQueries(asking));
    } finally {
      stubs.shutdownNow();
    }
  }

  private void register(WorkflowServiceStubs stubs) {
    try {
      stubs
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(namespace())
                  .setWorkflowExecutionRetentionPeriod(
                      Duration.newBuilder().setSeconds(RETENTION_SECONDS))
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  private boolean takesAttributes(WorkflowServiceStubs stubs) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(namespace());
    ATTRIBUTES.forEach(
        it -> request.putSearchAttributes(it, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    try {
      OperatorServiceStubs.newServiceStubs(
              OperatorServiceStubsOptions.newBuilder()
                  .setChannel(stubs.getRawChannel())
                  .validateAndBuildWithDefaults())
          .blockingStub()
          .addSearchAttributes(request.build());
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.ALREADY_EXISTS;
    }
  }

  private static boolean answersQueries(WorkflowClient client) {
    try {
      return client.countWorkflows("LockstepState = 'none'").getCount() == 0;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return false;
    }
  }

  private static final class Shared {
    static final RealTemporal SERVICE =
        new RealTemporal(Testbed.read(), "real-" + ProcessHandle.current().pid());
  }
}
