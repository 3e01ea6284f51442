package dev.lockstep.activities.dump;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;

/**
 * The engines of a worker.
 *
 * @param postgres by the programs of PostgreSQL
 * @param mysql by those of MySQL and MariaDB
 * @param portable PostgreSQL by none
 * @param portableMysql MySQL and MariaDB by none
 * @param physical the files of PostgreSQL, and where they are restored to
 */
public record EngineTable(
    DumpEngine postgres,
    DumpEngine mysql,
    DumpEngine portable,
    DumpEngine portableMysql,
    DumpEngine physical)
    implements DumpEngines {
  @Override
  public DumpEngine of(Database database, Backup backup) {
    boolean programs = backup.method() == Backup.Method.DUMP;
    return switch (database.engine()) {
      case POSTGRESQL -> isPhysical(database, backup) ? physical : programs ? postgres : portable;
      case MYSQL, MARIADB -> programs ? mysql : portableMysql;
    };
  }

  /** A question to a restored server knows its folder and no backup. */
  private static boolean isPhysical(Database database, Backup backup) {
    return backup.dump().physical() || database.connection() instanceof Connection.Folder;
  }
}
