package dev.lockstep.activities.dump.mysql;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * How a dump program is called.
 *
 * @param program what it is
 * @param position whether it writes the position of the log
 * @param databases of the server; used where the whole of it is dumped
 * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/mysqldump.html">mysqldump</a>
 * @see <a
 *     href="https://mariadb.com/docs/server/clients-and-utilities/backup-restore-and-import-clients/mariadb-dump">mariadb-dump</a>
 */
record DumpArguments(
    Backup backup, ClientVersion program, boolean position, List<String> databases) {
  /** One transaction for everything; values that are no text in hexadecimal. */
  private static final List<String> ALWAYS =
      List.of(
          "--single-transaction",
          "--quick",
          "--triggers",
          "--hex-blob",
          "--no-tablespaces",
          "--default-character-set=utf8mb4",
          "--max-allowed-packet=1G");

  private static final List<String> CODE = List.of("--routines", "--events");

  /** From this version on the lock that stops all writes gives up after ten seconds. */
  private static final int LIMITED_LOCK = 9;

  DumpArguments {
    databases = List.copyOf(databases);
  }

  List<String> words(String database) {
    List<String> words = new ArrayList<>(ALWAYS);
    if (backup.tables().isEmpty()) {
      words.addAll(CODE);
    }
    if (program.engine() == Engine.MYSQL) {
      // Else the target would take the source's transactions for its own.
      words.add("--set-gtid-purged=OFF");
    }
    if (position) {
      words.addAll(positionWords());
    }
    if (backup.dump().scope() == Dump.Scope.SERVER) {
      databases.forEach(name -> words.add("--ignore-table=" + name + "." + MysqlMarks.CLAIM));
      words.add("--databases");
      words.add("--");
      words.addAll(databases);
      return words;
    }
    words.add("--ignore-table=" + database + "." + MysqlMarks.CLAIM);
    words.add("--");
    words.add(database);
    if (!backup.tables().isEmpty()) {
      backup.tables().forEach(table -> words.add(Names.table(table)));
      words.add(MysqlMarks.SENTINEL);
    }
    return words;
  }

  private List<String> positionWords() {
    if (program.engine() == Engine.MARIADB) {
      return List.of("--master-data=2");
    }
    return program.major() >= LIMITED_LOCK
        ? List.of("--source-data=2", "--init-command-add=SET SESSION lock_wait_timeout = 10")
        : List.of("--source-data=2");
  }
}
