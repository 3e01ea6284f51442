package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.BackupStep;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Backups in a store. The database of the scope is the one that is backed up. Each may be called
 * again after it ran half, once or fully.
 */
@ActivityInterface
public interface BackupActivities {
  /**
   * Looks whether the dump program is there and not older than the server, the role may read
   * everything, the store can be written to, and the key opens. Also removes what dead runs of the
   * same backup left in the store. Figures {@code estimatedBytes}, {@code swept}; of a physical one
   * {@code heldBytes}, the log that the server keeps for it.
   */
  @ActivityMethod(name = "preflight")
  StepOutcome preflight(StepScope scope, BackupStep.Preflight step);

  /** Writes the sentinel row of this backup. */
  @ActivityMethod(name = "mark")
  StepOutcome mark(StepScope scope, BackupStep.Mark step);

  /**
   * Streams the dump into the store, with heartbeat and {@link Progress} in bytes, and writes the
   * manifest last. Where the manifest is there already, nothing is done; objects without one are
   * removed first. Figures {@code bytes} (raw), {@code storedBytes}, {@code objects}, {@code
   * durationMillis}.
   */
  @ActivityMethod(name = "take")
  StepOutcome take(StepScope scope, BackupStep.Take step);

  /**
   * Removes every object of the backup, the manifest first. Of a physical one the server keeps no
   * log any more where no other is there.
   */
  @ActivityMethod(name = "discard")
  StepOutcome discard(StepScope scope, BackupStep.Discard step);

  /**
   * Reads every object, where it does not mark also of all that it needs, with heartbeat and {@link
   * Progress} in bytes; one that differs from the manifest is {@code BACKUP_DAMAGED}, a key that
   * does not open it {@code KEY_WRONG}. Figures {@code bytes}, {@code objects}, {@code
   * durationMillis}.
   */
  @ActivityMethod(name = "readBack")
  StepOutcome readBack(StepScope scope, BackupStep.ReadBack step);

  /** Removes what no rule keeps. Figures {@code kept}, {@code pruned}. */
  @ActivityMethod(name = "prune")
  StepOutcome prune(StepScope scope, BackupStep.Prune step);

  /**
   * Records the end of a run of a backup, a restore or a drill; of a drill, the evidence. A drill
   * that missed an objective is {@code OBJECTIVE_MISSED}, after its evidence was written.
   */
  @ActivityMethod(name = "conclude")
  void conclude(Conclusion conclusion);
}
