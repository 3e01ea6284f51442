package dev.lockstep.worker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.api.MigrationWorkflow;
import dev.lockstep.workflows.api.RunControls;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts runs, or finds the one that is under way. */
public final class RunStarter {
  /** Field of the memo: the request id by which a run was started, where one was given. */
  private static final String MEMO_REQUEST = "LockstepRequest";

  private static final String PARAMETERS = "parameters";

  private final EngineConnection connection;

  /** For the service of this connection. */
  public RunStarter(EngineConnection connection) {
    this.connection = connection;
  }

  /**
   * Starts the definition of that name; where its run is under way, attaches to it.
   *
   * @param name of the definition, or its workflow id; of one that is neither a migration nor in
   *     the request, the id
   * @param request the run's input; see {@link MigrationWorkflow#run}
   */
  public WorkflowStub start(String name, ObjectNode request) {
    return start(name, request, WorkflowOptions.newBuilder());
  }

  /**
   * The same for somebody who may have to ask twice: the service starts one run for a request id,
   * also where the answer to the first call was lost.
   */
  public WorkflowStub startOnce(String name, ObjectNode request, String requestId) {
    return start(
        name,
        request,
        WorkflowOptions.newBuilder()
            .setRequestId(requestId)
            .setMemo(Map.of(MEMO_REQUEST, requestId)));
  }

  /** The newest run of that workflow id, where that request id started it. */
  public Optional<WorkflowExecution> findStarted(String workflowId, String requestId) {
    try {
      WorkflowExecutionDescription newest =
          connection.client().newUntypedWorkflowStub(workflowId).describe();
      @Nullable Object started = newest.getMemo(MEMO_REQUEST, String.class);
      return Optional.of(newest.getExecution()).filter(unused -> requestId.equals(started));
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    }
  }

  private WorkflowStub start(String name, ObjectNode request, WorkflowOptions.Builder builder) {
    // Somebody who only wants to look must not be given the run that is under way, nor stop one.
    boolean dryRun = request.path("dryRun").asBoolean(false);
    RunKind kind = RunKind.of(name, request);
    String id = kind.workflowId(name) + (dryRun ? "/dry-run" : "");
    ObjectNode input = request.deepCopy();
    if (connection.hasSearchAttributes()) {
      input.put("searchAttributes", true);
    }
    WorkflowOptions options =
        builder
            .setWorkflowId(id)
            .setTaskQueue(RunControls.TASK_QUEUE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setStaticSummary(kind + " " + kind.bare(name))
            .build();
    WorkflowStub stub = connection.client().newUntypedWorkflowStub(kind.toString(), options);
    stub.start(input);
    return stub;
  }

  /**
   * Whether a run, which was started or found, is one of the same definition. A run by name counts
   * as one: which definition it found is the worker's knowledge.
   */
  public boolean isOf(WorkflowStub run, ObjectNode request) {
    JsonNode running = input(execution(run));
    return running.path(PARAMETERS).equals(request.path(PARAMETERS))
        && (!running.has("definition")
            || !request.has("definition")
            || (running.path("definition").equals(request.path("definition"))
                && running.path("databases").equals(request.path("databases"))));
  }

  /** Whether a run of that workflow id is under way that got other parameters than these. */
  public boolean isBusyWithOthers(String workflowId, ObjectNode request) {
    try {
      WorkflowExecutionDescription newest =
          connection.client().newUntypedWorkflowStub(workflowId).describe();
      return newest.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          && !input(newest.getExecution()).path(PARAMETERS).equals(request.path(PARAMETERS));
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  private JsonNode input(WorkflowExecution run) {
    WorkflowClientOptions options = connection.client().getOptions();
    GetWorkflowExecutionHistoryRequest first =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(options.getNamespace())
            .setExecution(run)
            .setMaximumPageSize(1)
            .build();
    Payloads input =
        connection
            .client()
            .getWorkflowServiceStubs()
            .blockingStub()
            .getWorkflowExecutionHistory(first)
            .getHistory()
            .getEvents(0)
            .getWorkflowExecutionStartedEventAttributes()
            .getInput();
    JsonNode tree =
        options
            .getDataConverter()
            .fromPayloads(0, Optional.of(input), JsonNode.class, JsonNode.class);
    return tree == null ? MissingNode.getInstance() : tree;
  }

  /** The ids of a run that was started or found. */
  public static WorkflowExecution execution(WorkflowStub run) {
    return Objects.requireNonNull(run.getExecution(), "a run that was not started has no ids");
  }

  /**
   * The id of the workflow of a run.
   *
   * @param name of the migration, the run's key in the ledger, such as {@code add-email/2}, or the
   *     workflow id itself
   */
  public static String workflowId(String name) {
    return RunKind.MIGRATION.workflowId(name);
  }
}
