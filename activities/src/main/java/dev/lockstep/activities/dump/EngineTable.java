package dev.lockstep.activities.dump;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

/**
 * The engines of a worker.
 *
 * @param postgres by the programs of PostgreSQL
 * @param mysql by those of MySQL and MariaDB
 * @param portable PostgreSQL by none
 * @param portableMysql MySQL and MariaDB by none
 */
public record EngineTable(
    DumpEngine postgres, DumpEngine mysql, DumpEngine portable, DumpEngine portableMysql)
    implements DumpEngines {
  @Override
  public DumpEngine of(Database database, Backup backup) {
    boolean programs = backup.method() == Backup.Method.DUMP;
    return switch (database.engine()) {
      case POSTGRESQL -> programs ? postgres : portable;
      case MYSQL, MARIADB -> programs ? mysql : portableMysql;
    };
  }
}
