package dev.lockstep.activities.dump;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

/**
 * The engines of a worker.
 *
 * @param postgres by the programs of PostgreSQL
 * @param mysql by those of MySQL and MariaDB
 * @param portable by none
 */
public record EngineTable(DumpEngine postgres, DumpEngine mysql, DumpEngine portable)
    implements DumpEngines {
  @Override
  public DumpEngine of(Database database, Backup backup) {
    if (backup.method() == Backup.Method.PORTABLE) {
      return portable;
    }
    return switch (database.engine()) {
      case POSTGRESQL -> postgres;
      case MYSQL, MARIADB -> mysql;
    };
  }
}
