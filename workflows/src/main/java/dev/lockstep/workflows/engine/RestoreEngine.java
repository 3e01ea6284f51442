package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.RestoreWorkflow;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** Runs restores. */
public final class RestoreEngine extends RunEngine implements RestoreWorkflow {
  /** Restores the state before the first update or query of a new history is answered. */
  @WorkflowInit
  public RestoreEngine(@Nullable JsonNode request) {
    super("Restore", request);
  }

  @Override
  public RunOutcome run(@Nullable JsonNode request) {
    return toTheEnd();
  }
}
