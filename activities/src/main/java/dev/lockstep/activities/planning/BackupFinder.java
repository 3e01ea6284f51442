package dev.lockstep.activities.planning;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.plan.BackupReference;
import java.time.Instant;
import java.util.Optional;

/** Finds a backup in its store. */
public interface BackupFinder {
  /**
   * The one that is meant, of those that are complete.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_UNKNOWN}, naming what there is
   */
  BackupReference find(Backup backup, Store store, Which which);

  /** The newest that was verified, where its data is not older than that. */
  Optional<BackupReference> findVerified(Backup backup, Store store, Instant notBefore);
}
