package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.BackupWorkflow;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** Runs backups. */
public final class BackupEngine extends RunEngine implements BackupWorkflow {
  /** Restores the state before the first update or query of a new history is answered. */
  @WorkflowInit
  public BackupEngine(@Nullable JsonNode request) {
    super("Backup", request);
  }

  @Override
  public RunOutcome run(@Nullable JsonNode request) {
    return toTheEnd();
  }
}
