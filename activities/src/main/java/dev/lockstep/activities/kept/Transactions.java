package dev.lockstep.activities.kept;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.FaultKind;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/**
 * Transactions of a command. Whatever waits for a lock gives way to clients after half a second,
 * and is tried again; so is what a deadlock ended.
 */
record Transactions(Jdbi database, Reporter reporter) {
  /** Those of a transaction, because the session may be that of a pooler. */
  private static final List<String> SETTINGS =
      List.of(
          "SET LOCAL search_path = ''",
          "SET LOCAL DateStyle = 'ISO, YMD'",
          "SET LOCAL IntervalStyle = 'postgres'",
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL idle_in_transaction_session_timeout = 0",
          "SET LOCAL lock_timeout = '500ms'");

  /** With their pauses about two minutes. */
  private static final int ATTEMPTS = 60;

  private static final long PAUSE_MILLIS = 1500;

  /** Work of one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Handle handle) throws SQLException, IOException;
  }

  /**
   * Does it, as often as it takes.
   *
   * @throws ApplicationFailure the fault of the last attempt
   */
  <T> T run(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      reporter.alive();
      try {
        return once(work);
      } catch (ApplicationFailure e) {
        if (attempt == ATTEMPTS || FaultCode.valueOf(e.getType()).kind() != FaultKind.BUSY) {
          throw e;
        }
        ShortPause.of(PAUSE_MILLIS);
      }
    }
  }

  private <T> T once(Work<T> work) {
    return PostgresFaults.translated(
        "",
        () -> {
          try (Handle handle = database.open()) {
            handle.begin();
            SETTINGS.forEach(setting -> PlainSql.run(handle, setting));
            T result = work.run(handle);
            handle.commit();
            return result;
          }
        });
  }

  /**
   * Tries a statement that the transaction can do without.
   *
   * @return why not; empty: it was done
   */
  static String attempt(Handle handle, String sql) {
    PlainSql.run(handle, "SAVEPOINT attempt");
    try {
      PlainSql.run(handle, sql);
      PlainSql.run(handle, "RELEASE SAVEPOINT attempt");
      return "";
    } catch (RuntimeException e) {
      ApplicationFailure failure = PostgresFaults.translate(e, "");
      if (FaultCode.valueOf(failure.getType()).kind().retried()) {
        throw e;
      }
      PlainSql.run(handle, "ROLLBACK TO SAVEPOINT attempt");
      return String.valueOf(failure.getOriginalMessage());
    }
  }

  /** Copies rows into a table; how many there were. */
  static long copy(Handle handle, String into, InputStream rows) throws SQLException, IOException {
    return handle
        .getConnection()
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + into + " FROM STDIN", rows);
  }

  /** Whether a table, view, index or sequence has that name. */
  static boolean taken(Handle handle, String qualified) {
    return value(handle, "SELECT to_regclass(" + Quoted.text(qualified) + ") IS NOT NULL")
        .equals("t");
  }

  /** The one value, as text; NULL and no row are empty. */
  static String value(Handle handle, String sql) {
    return PlainSql.value(handle, sql).orElse("");
  }
}
