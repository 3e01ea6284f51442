package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.MigrationWorkflow;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** Runs migrations. */
public final class MigrationEngine extends RunEngine implements MigrationWorkflow {
  /** Restores the state before the first update or query of a new history is answered. */
  @WorkflowInit
  public MigrationEngine(@Nullable JsonNode request) {
    super("Migration", request);
  }

  @Override
  public RunOutcome run(@Nullable JsonNode request) {
    return toTheEnd();
  }
}
