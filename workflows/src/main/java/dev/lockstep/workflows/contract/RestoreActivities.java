package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.BackupStep;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** A backup into a database. The database of the scope is the one that is restored to. */
@ActivityInterface
public interface RestoreActivities {
  /**
   * Loads a backup, with heartbeat and {@link Progress} in bytes. An empty database is marked as
   * ours first; where the mark of the same run is there, what an earlier attempt loaded is removed
   * and everything is loaded again. One that holds something else is {@code TARGET_NOT_EMPTY}.
   * Figures {@code bytes}, {@code durationMillis}.
   */
  @ActivityMethod(name = "load")
  StepOutcome load(StepScope scope, BackupStep.Load step);

  /** Removes what a load of this run put there; nothing happens without its mark. */
  @ActivityMethod(name = "clear")
  StepOutcome clear(StepScope scope, BackupStep.Clear step);

  /** Removes the mark of this run's load, and nothing else. */
  @ActivityMethod(name = "release")
  StepOutcome release(StepScope scope, BackupStep.Release step);

  /**
   * Compares sentinel and counts of rows with the manifest; a difference is {@code ROWS_DIFFER}.
   */
  @ActivityMethod(name = "compare")
  StepOutcome compare(StepScope scope, BackupStep.Compare step);

  /** Asks one value; an unexpected one is {@code ANSWER_UNEXPECTED}. */
  @ActivityMethod(name = "askRestored")
  StepOutcome askRestored(StepScope scope, BackupStep.Ask step);
}
