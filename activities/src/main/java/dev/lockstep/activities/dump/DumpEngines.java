package dev.lockstep.activities.dump;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

/** Which engine answers for a database and a backup of it. */
@FunctionalInterface
public interface DumpEngines {
  /**
   * The engine.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code DEFINITION_WRONG} where there is none for
   *     that product and method
   */
  DumpEngine of(Database database, Backup backup);
}
