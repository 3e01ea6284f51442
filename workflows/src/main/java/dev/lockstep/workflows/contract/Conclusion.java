package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run of a backup, a restore or a drill ended.
 *
 * @param scope of the end
 * @param definition the {@code Backup}, {@code Restore} or {@code Drill}
 * @param copy the backup that was taken or restored
 * @param started when the run began
 * @param fault the first one
 */
public record Conclusion(
    StepScope scope,
    Definition definition,
    BackupReference copy,
    RunState state,
    Instant started,
    List<StepReport> steps,
    Optional<Fault> fault) {
  public Conclusion {
    steps = List.copyOf(steps);
  }
}
