package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.PlainUpdates;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** {@link PlainUpdates} between the statements that a person would write. */
final class Plain implements Contender {
  private static final String TABLE = Target.TABLE.toString();
  private static final String CHECK = TABLE + "_" + Target.COLUMN + "_not_null";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int TRIES = 60;

  private final Column column;

  Plain(Column column) {
    this.column = column;
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String about() {
    return PlainUpdates.ABOUT;
  }

  @Override
  public Done change(Target target) {
    try (Handle handle = target.sessions("plain").open()) {
      Instant start = Instant.now();
      // Longer than the second after which a vacuum gives way would stop clients as long.
      handle.execute("SET lock_timeout = '500ms'");
      execute(handle, "ALTER TABLE " + TABLE + " ADD COLUMN " + Target.COLUMN + " text");
      Instant expanded = Instant.now();
      PlainUpdates.fill(handle, Target.TABLE, Target.COLUMN, target.rows());
      Span filled = Span.since(expanded);
      if (column == Column.NOT_NULL) {
        setNotNull(handle);
      }
      return new Done(filled, Optional.empty(), Span.since(start));
    }
  }

  @Override
  public boolean follows() {
    return false;
  }

  @Override
  public Held hold(Target target) {
    throw new UnsupportedOperationException("nothing follows the clients' writes");
  }

  /** The check spares SET NOT NULL its look at every row under a lock that stops all. */
  private static void setNotNull(Handle handle) {
    String alter = "ALTER TABLE " + TABLE + " ";
    execute(
        handle,
        alter + "ADD CONSTRAINT " + CHECK + " CHECK (" + Target.COLUMN + " IS NOT NULL) NOT VALID");
    execute(handle, alter + "VALIDATE CONSTRAINT " + CHECK);
    execute(handle, alter + "ALTER COLUMN " + Target.COLUMN + " SET NOT NULL");
    execute(handle, alter + "DROP CONSTRAINT " + CHECK);
  }

  /** Again where the lock is not to be had at once: a vacuum gives way after a second. */
  private static void execute(Handle handle, String statement) {
    for (int left = TRIES - 1; ; left--) {
      try {
        handle.execute(statement);
        return;
      } catch (UnableToExecuteStatementException e) {
        boolean locked =
            e.getCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
        if (!locked || left == 0) {
          throw e;
        }
      }
    }
  }
}
