package dev.lockstep.workflows.api;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Tells all receivers of one thing that came to pass, each until it has taken it, for a day at
 * most. Runs start it and do not wait for it.
 */
@WorkflowInterface
public interface NotifyWorkflow {
  /** Its name. */
  String TYPE = "Notify";

  /** Tells them. */
  @WorkflowMethod(name = TYPE)
  Notified notify(@Nullable NotifyRequest request);
}
