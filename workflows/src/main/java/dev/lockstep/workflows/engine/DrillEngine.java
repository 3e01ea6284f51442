package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.DrillWorkflow;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** Runs drills. */
public final class DrillEngine extends RunEngine implements DrillWorkflow {
  /** Restores the state before the first update or query of a new history is answered. */
  @WorkflowInit
  public DrillEngine(@Nullable JsonNode request) {
    super("Drill", request);
  }

  @Override
  public RunOutcome run(@Nullable JsonNode request) {
    return toTheEnd();
  }
}
