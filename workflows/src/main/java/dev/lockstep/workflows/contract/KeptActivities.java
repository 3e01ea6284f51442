package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.BackupStep;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a migration drops, kept in a store. The database of the scope is the migration's. */
@ActivityInterface
public interface KeptActivities {
  /**
   * Streams what is about to be dropped into the store as one snapshot has it, writes the manifest
   * last, and reads everything back; with heartbeat and {@link Progress} in bytes. Where this run
   * kept it before, it is only read back, and not even that where that was done too. Something else
   * under the same id is {@code OBJECT_EXISTS}. Figures {@code rows}, {@code bytes} (raw), {@code
   * storedBytes}, {@code durationMillis}.
   */
  @ActivityMethod(name = "keepDropped")
  StepOutcome keepDropped(StepScope scope, BackupStep.KeepDropped step);

  /** Removes what this run kept, complete or not; what another run kept is left alone. */
  @ActivityMethod(name = "discardKept")
  StepOutcome discardKept(StepScope scope, BackupStep.DiscardKept step);
}
