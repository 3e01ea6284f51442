package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks who stands between a lock and its holder: those who have it, and those who queue for it. A
 * lock of a partitioned table is one of every partition, too.
 */
final class LockHolders {
  private static final String FIND =
      """
      WITH RECURSIVE %s
      SELECT l.pid, l.granted, l.mode, CASE WHEN tree.level > 0 THEN c.relname::text END AS part, a.application_name, a.backend_type, a.state, a.query, p.gid,
        round(1000 * extract(epoch FROM
          clock_timestamp() - coalesce(a.xact_start, p.prepared)))::bigint AS age_millis
      FROM pg_locks l
      JOIN tree ON tree.oid = l.relation
      JOIN pg_class c ON c.oid = tree.oid
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      LEFT JOIN pg_locks x ON l.pid IS NULL AND x.pid IS NULL
        AND x.locktype = 'transactionid' AND x.virtualtransaction = l.virtualtransaction
      LEFT JOIN pg_prepared_xacts p ON p.transaction = x.transactionid
      WHERE l.locktype = 'relation'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.pid IS DISTINCT FROM pg_backend_pid()
        AND l.mode = ANY (string_to_array(:modes, ','))
      ORDER BY age_millis DESC NULLS LAST, l.pid
      """
          .formatted(PartitionTree.sql("to_regclass(:table)"));

  private LockHolders() {}

  /** The oldest first; empty also where the table is not there. */
  static List<LockHolder> find(Handle handle, TableLock lock) {
    return handle
        .createQuery(FIND)
        .bind("table", Quoted.name(lock.table()))
        .bind("modes", String.join(",", LockConflicts.of(lock.mode())))
        .map((row, at) -> holder(row))
        .list();
  }

  private static LockHolder holder(ResultSet row) throws SQLException {
    int pid = row.getInt("pid");
    Optional<Integer> session = row.wasNull() ? Optional.empty() : Optional.of(pid);
    long age = row.getLong("age_millis");
    Optional<Duration> known =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, age)));
    String query = text(row, "query");
    LockHolder.Kind kind =
        row.getBoolean("granted") ? LockHolder.Kind.CLIENT : LockHolder.Kind.QUEUED_CLIENT;
    if (text(row, "backend_type").equals("autovacuum worker")) {
      kind =
          query.contains("to prevent wraparound")
              ? LockHolder.Kind.WRAPAROUND_AUTOVACUUM
              : LockHolder.Kind.AUTOVACUUM;
    }
    return new LockHolder(session, description(row, kind, query), known, kind);
  }

  private static String description(ResultSet row, LockHolder.Kind kind, String query)
      throws SQLException {
    String gid = text(row, "gid");
    if (!gid.isEmpty()) {
      return "prepared transaction " + gid + ", open";
    }
    if (kind == LockHolder.Kind.AUTOVACUUM || kind == LockHolder.Kind.WRAPAROUND_AUTOVACUUM) {
      return query;
    }
    String name = text(row, "application_name");
    String state = text(row, "state");
    String waiting = row.getBoolean("granted") ? "" : ", queues for " + text(row, "mode");
    String part = text(row, "part");
    return (name.isEmpty() ? "no application_name" : name)
        + waiting
        + (part.isEmpty() ? "" : ", on partition " + part)
        + ", "
        + (state.isEmpty() ? "state not visible to this role" : state);
  }

  private static String text(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    return value == null ? "" : value;
  }
}
