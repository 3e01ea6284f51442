package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.DumpFacts;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * One moment of a database, kept open for programs that dump it: a transaction that does nothing
 * but stay. Not SERIALIZABLE DEFERRABLE, which would wait for writers to end and which a standby
 * does not know: a dump needs one moment, not a serial order.
 */
final class Snapshot implements AutoCloseable {
  private static final String POSITION =
      """
      SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
              ELSE pg_current_wal_lsn() END)::text
      """;

  private final Handle handle;
  private final String id;

  private Snapshot(Handle handle, String id) {
    this.handle = handle;
    this.id = id;
  }

  /** Takes over the handle. */
  static Snapshot begin(Handle handle) {
    try {
      handle.begin();
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      handle.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      handle.execute("SET LOCAL statement_timeout = 0");
      String id = handle.createQuery("SELECT pg_export_snapshot()").mapTo(String.class).one();
      return new Snapshot(handle, id);
    } catch (RuntimeException e) {
      end(handle);
      throw e;
    }
  }

  Handle handle() {
    return handle;
  }

  /** As {@code pg_dump --snapshot} takes it. */
  String id() {
    return id;
  }

  boolean standby() {
    return handle.createQuery("SELECT pg_is_in_recovery()").mapTo(Boolean.class).one();
  }

  /** Facts of now, where no transaction is open, or of the snapshot. */
  static DumpFacts facts(Handle handle, String client, String method) {
    return new DumpFacts(
        "postgresql",
        version(handle),
        client,
        method,
        handle
            .createQuery("SELECT transaction_timestamp()")
            .map((row, context) -> moment(row.getObject(1, OffsetDateTime.class)))
            .one(),
        Optional.of(position(handle)),
        Optional.empty(),
        handle.createQuery("SELECT pg_database_size(current_database())").mapTo(Long.class).one(),
        new TreeMap<>());
  }

  private static Instant moment(OffsetDateTime value) {
    return value.toInstant();
  }

  static String position(Handle handle) {
    return handle.createQuery(POSITION).mapTo(String.class).one();
  }

  /** Programs that are not older than the server. */
  static Programs.Needed needed(Handle handle) {
    String version = version(handle);
    int major = Integer.parseInt(version.replaceFirst("\\D.*", ""));
    return new Programs.Needed(major, "the server is version " + version);
  }

  private static String version(Handle handle) {
    return handle
        .createQuery("SELECT split_part(current_setting('server_version'), ' ', 1)")
        .mapTo(String.class)
        .one();
  }

  @Override
  public void close() {
    end(handle);
  }

  /** A server that is gone has ended it already. */
  private static void end(Handle handle) {
    try (handle) {
      handle.rollback();
    } catch (RuntimeException gone) {
      org.slf4j.LoggerFactory.getLogger(Snapshot.class).debug("the end of a snapshot", gone);
    }
  }
}
