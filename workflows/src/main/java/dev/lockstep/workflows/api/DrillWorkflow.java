package dev.lockstep.workflows.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** A drill as Temporal runs it. Workflow id {@code drill/NAME}. */
@WorkflowInterface
public interface DrillWorkflow extends RunControls {
  /**
   * Proves that a backup restores.
   *
   * @param request one JSON object: {@code {"name": …}} for a definition that the worker knows, or
   *     {@code {"definition": {…}, "databases": […], "stores": […], "backups": […]}}; with {@code
   *     "dryRun": true} it only plans. Taken as a tree as in {@link MigrationWorkflow#run}.
   */
  @WorkflowMethod(name = "Drill")
  RunOutcome run(@Nullable JsonNode request);
}
