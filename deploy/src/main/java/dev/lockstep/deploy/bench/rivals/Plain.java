package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.PlainUpdates;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link PlainUpdates} between the statements that a person would write. */
final class Plain implements Contender {
  private static final String TABLE = Target.TABLE.toString();
  private static final String CHECK = TABLE + "_" + Target.COLUMN + "_not_null";

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
      handle.execute("SET lock_timeout = '500ms'");
      handle.execute("ALTER TABLE " + TABLE + " ADD COLUMN " + Target.COLUMN + " text");
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
    handle.execute(
        alter + "ADD CONSTRAINT " + CHECK + " CHECK (" + Target.COLUMN + " IS NOT NULL) NOT VALID");
    handle.execute(alter + "VALIDATE CONSTRAINT " + CHECK);
    handle.execute(alter + "ALTER COLUMN " + Target.COLUMN + " SET NOT NULL");
    handle.execute(alter + "DROP CONSTRAINT " + CHECK);
  }
}
