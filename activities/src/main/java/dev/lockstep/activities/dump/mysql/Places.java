package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

/** Where the programs of a backup run. */
@FunctionalInterface
public interface Places {
  /**
   * Opens it, to be closed by the caller.
   *
   * @param purpose what the programs do there: {@code inspect}, {@code dump} or {@code load}
   * @param alive called while something is waited for
   */
  Place open(Database database, Backup backup, String purpose, Runnable alive);
}
