package dev.lockstep.activities.dump.mysql;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whether a dump of this database shows one moment and can be taken at all. */
final class Inspection {
  private static final int NAMED = 10;

  /** What mysqldump reads with; it names no table that it was given no right for. */
  private static final List<String> NEEDED = List.of("SELECT", "SHOW VIEW", "TRIGGER", "EVENT");

  private static final List<String> FOR_POSITION_MYSQL = List.of("RELOAD", "REPLICATION CLIENT");
  private static final List<String> FOR_POSITION_MARIADB = List.of("RELOAD", "BINLOG MONITOR");

  /** Tables of engines that know no snapshot, and history that dumps do not have. */
  private static final String UNFIT_TABLES =
      """
      SELECT concat(t.table_schema, '.', t.table_name, ' (',
        CASE WHEN t.table_type = 'SYSTEM VERSIONED' THEN 'system versioned' ELSE t.engine END, ')')
      FROM information_schema.tables t
      LEFT JOIN information_schema.engines e ON e.engine = t.engine
      WHERE t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND (%s)
        AND (t.table_type = 'SYSTEM VERSIONED' OR coalesce(e.transactions, 'NO') <> 'YES')
      ORDER BY 1
      """;

  private final Backup backup;
  private final ServerFacts server;
  private final Privileges privileges;

  Inspection(Backup backup, ServerFacts server, Privileges privileges) {
    this.backup = backup;
    this.server = server;
    this.privileges = privileges;
  }

  /** An SQL condition on {@code table_schema}: what the backup is about. */
  static String schemas(Backup backup) {
    return backup.dump().scope() == Dump.Scope.SERVER
        ? "table_schema NOT IN " + ServerFacts.SYSTEM_SCHEMAS
        : "table_schema = database()";
  }

  /** Throws where a dump cannot succeed, or would not show one moment. */
  void run(Handle handle) {
    boolean whole = backup.dump().scope() == Dump.Scope.SERVER;
    if (whole && !backup.tables().isEmpty()) {
      throw refusal(
          FaultCode.DEFINITION_WRONG, "a dump of a whole server takes no choice of tables");
    }
    checkTableNames();
    List<String> missing =
        whole ? privileges.missingOnServer(NEEDED) : privileges.missingInDatabase(NEEDED);
    if (!missing.isEmpty()) {
      throw refusal(
          FaultCode.PRIVILEGE_MISSING,
          "the user needs "
              + String.join(", ", missing)
              + (whole ? " on *.*" : " on the database"));
    }
    checkTables(handle);
  }

  /**
   * Whether the program may tell the position of the log that fits the snapshot: for MySQL it stops
   * all writes for a moment to see it, which needs these privileges.
   */
  boolean tellsPosition() {
    return server.logged()
        && switch (server.version().engine()) {
          case MYSQL -> privileges.missingOnServer(FOR_POSITION_MYSQL).isEmpty();
          case MARIADB -> privileges.missingOnServer(FOR_POSITION_MARIADB).isEmpty();
          case POSTGRESQL -> false;
        };
  }

  private void checkTableNames() {
    List<String> elsewhere =
        backup.tables().stream()
            .filter(table -> table.contains(".") && !table.startsWith(server.database() + "."))
            .toList();
    if (!elsewhere.isEmpty()) {
      throw refusal(
          FaultCode.DEFINITION_WRONG,
          "not of the database %s, hence not in its dump: %s"
              .formatted(server.database(), named(elsewhere)));
    }
  }

  private void checkTables(Handle handle) {
    List<String> unfit =
        new ArrayList<>(
            handle
                .createQuery(UNFIT_TABLES.formatted(schemas(backup).replace("table_", "t.table_")))
                .mapTo(String.class)
                .list());
    if (!backup.tables().isEmpty()) {
      List<String> chosen = backup.tables().stream().map(Names::table).toList();
      unfit.removeIf(
          table -> !chosen.contains(Names.table(table.substring(0, table.indexOf(" (")))));
    }
    if (!unfit.isEmpty()) {
      throw refusal(
          FaultCode.STATEMENT_REFUSED,
          "these tables would not show the moment of the others, or lose their history: "
              + named(unfit)
              + "; change their engine to InnoDB, or choose tables");
    }
  }

  static String named(List<String> names) {
    String first = String.join(", ", names.stream().limit(NAMED).toList());
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }

  private static ApplicationFailure refusal(FaultCode code, String message) {
    return Faults.failure(code, message, "");
  }
}
