package dev.lockstep.worker.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.api.MigrationWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.Objects;

/** Starts runs, or finds the one that is under way. */
public final class RunStarter {
  private final EngineConnection connection;

  /** For the service of this connection. */
  public RunStarter(EngineConnection connection) {
    this.connection = connection;
  }

  /**
   * Starts the migration of that name; where its run is under way, attaches to it.
   *
   * @param request the run's input; see {@link MigrationWorkflow#run}
   */
  public WorkflowStub start(String name, ObjectNode request) {
    String id = workflowId(name);
    ObjectNode input = request.deepCopy();
    if (connection.hasSearchAttributes()) {
      input.put("searchAttributes", true);
    }
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue(MigrationWorkflow.TASK_QUEUE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setStaticSummary("Migration " + name)
            .build();
    WorkflowStub stub = connection.client().newUntypedWorkflowStub("Migration", options);
    stub.start(input);
    return stub;
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
    boolean nameOrKey = name.matches("[-a-z0-9]+(/\\d+)?");
    return nameOrKey ? "migration/" + name.replaceFirst("/\\d+$", "") : name;
  }
}
