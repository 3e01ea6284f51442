package dev.lockstep.activities.restore;

import dev.lockstep.definitions.plan.BackupReference;
import java.time.Instant;

/** Says of backups that they were restored. */
@FunctionalInterface
public interface VerifiedMarks {
  /**
   * Lets one count as verified from then on; the same may be said again.
   *
   * @param run which one restored it
   */
  void restored(BackupReference copy, String run, Instant when);
}
