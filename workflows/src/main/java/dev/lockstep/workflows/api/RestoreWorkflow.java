package dev.lockstep.workflows.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** A restore as Temporal runs it. Workflow id {@code restore/NAME}. */
@WorkflowInterface
public interface RestoreWorkflow extends RunControls {
  /**
   * Restores a backup.
   *
   * @param request one JSON object: {@code {"name": …}} for a definition that the worker knows, or
   *     {@code {"definition": {…}, "databases": […], "stores": […], "backups": […]}}; with {@code
   *     "dryRun": true} it only plans. Taken as a tree as in {@link MigrationWorkflow#run}.
   */
  @WorkflowMethod(name = "Restore")
  RunOutcome run(@Nullable JsonNode request);
}
