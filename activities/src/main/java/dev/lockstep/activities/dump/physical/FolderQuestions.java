package dev.lockstep.activities.dump.physical;

import dev.lockstep.workflows.fault.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks a server in a folder while it runs: by psql, over a socket in the folder. */
final class FolderQuestions {
  /** The role that the files were made with has this id, whatever its name is. */
  private static final String FIRST_ROLE = "SELECT rolname FROM pg_roles WHERE oid = 10";

  /** A query of a definition that is slower checks more than a restore should wait for. */
  private static final String ASKING =
      "-c default_transaction_read_only=on -c statement_timeout=10min";

  private final FolderPrograms programs;
  private final String database;
  private final String role;
  private @Nullable String first;

  /**
   * Asks nothing yet.
   *
   * @param database that is asked
   * @param role that the original was reached with; absent: not known
   */
  FolderQuestions(FolderPrograms programs, String database, Optional<String> role) {
    this.programs = programs;
    this.database = database;
    this.role = role.orElse("postgres");
  }

  /** Fails where nobody is let in. */
  void tryOut() {
    value(role, "SELECT 1");
  }

  /**
   * Asks the server while it runs.
   *
   * @return the first column of the first row; empty where there is no row, or it is NULL
   */
  Optional<String> ask(String sql) {
    if (first == null) {
      first = value(role, FIRST_ROLE).orElse("postgres");
    }
    return value(first, sql);
  }

  /** Values end with a zero byte, which is in no value; NULL is shown as another one. */
  private Optional<String> value(String as, String sql) {
    SortedMap<String, String> environment = new TreeMap<>();
    environment.put("PGHOST", programs.folder().ours().toString());
    environment.put("PGDATABASE", database);
    environment.put("PGUSER", as);
    // The line break lets a query that begins with a backslash be no command of psql.
    String text =
        programs.run(
            "psql",
            List.of(
                "--no-psqlrc",
                "--no-password",
                "--dbname=options='" + ASKING + "'",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--field-separator-zero",
                "--record-separator-zero",
                "--pset=null=" + Lone.NULL,
                "--set=ON_ERROR_STOP=1",
                "--command=\n" + sql),
            environment,
            FaultCode.STATEMENT_REFUSED);
    return Lone.value(text);
  }
}
