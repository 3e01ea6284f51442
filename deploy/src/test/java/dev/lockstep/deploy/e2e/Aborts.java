package dev.lockstep.deploy.e2e;

import dev.lockstep.workflows.api.Control;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Aborts runs, each once, right after a given step. */
final class Aborts implements Bystander {
  private final WorkflowClient client;
  private final Map<String, String> steps = new ConcurrentHashMap<>();

  Aborts(WorkflowClient client) {
    this.client = client;
  }

  void plan(String workflowId, String step) {
    steps.put(workflowId, step);
  }

  /** Whether the abort that was planned for a run is still to come. */
  boolean pending(String workflowId) {
    return steps.containsKey(workflowId);
  }

  /** Whether a run is to be aborted at that step. */
  boolean isAt(String workflowId, Optional<String> step) {
    return step.isPresent() && step.get().equals(steps.get(workflowId));
  }

  @Override
  public void begins(Call call) {
    // A step that has not begun leaves nothing to undo.
  }

  @Override
  public void ended(Call call) {
    if (isAt(call.workflowId(), Optional.of(call.step()))) {
      abortNow(call.workflowId());
    }
  }

  /** Aborts; also called for steps that no activity serves. */
  void abortNow(String workflowId) {
    steps.remove(workflowId);
    client
        .newUntypedWorkflowStub(workflowId)
        .update(
            "abort",
            Control.Taken.class,
            new Control.Abort(Optional.of("test"), Optional.of("to see everything undone")));
  }
}
