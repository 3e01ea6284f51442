package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.ScheduledEnd;
import dev.lockstep.workflows.api.ScheduledRequest;
import dev.lockstep.workflows.api.ScheduledWorkflow;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the runs of schedules. */
public final class ScheduledEngine implements ScheduledWorkflow {
  private static final List<String> KINDS = List.of("Backup", "Drill", "Migration");

  @Override
  public ScheduledEnd run(@Nullable ScheduledRequest request) {
    if (request == null || !KINDS.contains(request.kind())) {
      throw new IllegalArgumentException(
          "the input of Scheduled is that of a schedule that `lockstep setup` makes; to start one"
              + " run, start "
              + String.join(" or ", KINDS));
    }
    String id = workflowId(request);
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("name", request.name());
    try {
      RunOutcome outcome = child(request, id).execute(RunOutcome.class, input);
      return new ScheduledEnd(id, false, Optional.of(outcome.state()), outcome.message());
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return new ScheduledEnd(id, true, Optional.empty(), "its run was under way already");
      }
      throw failure;
    }
  }

  private static ChildWorkflowStub child(ScheduledRequest request, String id) {
    return Workflow.newUntypedChildWorkflowStub(
        request.kind(),
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setStaticSummary(request.kind() + " " + request.name())
            .build());
  }

  private static String workflowId(ScheduledRequest request) {
    return request.apart()
        ? request.run() + "/" + Workflow.getInfo().getWorkflowId()
        : request.run();
  }
}
