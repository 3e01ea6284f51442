package dev.lockstep.workflows.api;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule of Temporal starts. Temporal appends the time to the id of what it starts, but
 * two runs of one definition must never go on side by side: so this one starts the run proper as
 * its child, under the id that every other door uses, and lasts as long as it.
 *
 * <ul>
 *   <li>Where a run of that id is under way, whoever started it, that one is the run of this time.
 *   <li>A cancel is passed on and waited for; where this workflow is terminated, the run goes on.
 * </ul>
 */
@WorkflowInterface
public interface ScheduledWorkflow {
  /** Runs a definition that the worker knows. */
  @WorkflowMethod(name = "Scheduled")
  ScheduledEnd run(@Nullable ScheduledRequest request);
}
