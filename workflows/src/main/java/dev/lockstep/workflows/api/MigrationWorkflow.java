package dev.lockstep.workflows.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * A migration as Temporal runs it. Workflow id {@code migration/NAME}, task queue {@code lockstep}.
 */
@WorkflowInterface
public interface MigrationWorkflow extends RunControls {
  /**
   * Runs a migration.
   *
   * @param request one JSON object: {@code {"name": …}} for a definition that the worker knows, or
   *     {@code {"definition": {…}, "databases": […]}}; with {@code "dryRun": true} it only plans;
   *     with {@code "asPlanned": true} an unfinished run goes on with its own plan although the
   *     definition was edited. Taken as a tree so that a wrong one fails the run instead of hanging
   *     it.
   */
  @WorkflowMethod(name = "Migration")
  RunOutcome run(@Nullable JsonNode request);
}
