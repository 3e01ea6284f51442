package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.schema.Blocker.Doing;
import dev.lockstep.activities.postgres.schema.Blocker.Holding;
import dev.lockstep.activities.postgres.schema.Blocker.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at sessions that stand in a step's way.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW">pg_stat_activity</a>
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-locks.html">pg_locks</a>
 */
final class BlockerQuery {
  /** Of a row {@code a} of pg_stat_activity. A process id is used again, these together are not. */
  static final String TRANSACTION =
      "concat_ws('/', a.pid, extract(epoch FROM a.backend_start), extract(epoch FROM a.xact_start))";

  /** The same: what changes with the next statement, and with the first write. */
  static final String MOMENT =
      "concat_ws('/', a.state, extract(epoch FROM a.state_change), a.backend_xid)";

  /** 16384 is the first number of an object that a user made (FirstNormalObjectId). */
  private static final String FIND =
      """
      WITH held AS MATERIALIZED (
        SELECT l.pid,
          min(l.mode || ' on ' || l.relation::regclass) FILTER (WHERE l.locktype = 'relation'
            AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'SIReadLock'))
            AS strong,
          count(DISTINCT c.oid) AS tables,
          bool_or(l.locktype = 'advisory') AS advisory
        FROM pg_locks l
        LEFT JOIN pg_class c ON l.locktype = 'relation' AND c.oid = l.relation
          AND c.oid >= 16384 AND c.relkind IN ('r', 'p')
        WHERE l.pid = ANY (string_to_array(:pids, ',')::int[])
        GROUP BY l.pid)
      SELECT a.pid, %s AS transaction, %s AS moment, a.application_name, a.usename,
        a.backend_type, a.state, a.backend_xid IS NOT NULL AS wrote,
        round(1000 * extract(epoch FROM clock_timestamp() - a.xact_start))::bigint AS age,
        round(1000 * extract(epoch FROM clock_timestamp() - a.state_change))::bigint AS unchanged,
        round(1000 * extract(epoch FROM a.state_change - a.xact_start))::bigint AS worked,
        a.query ~* '^\\s*(lock|copy)\\M|pg_export_snapshot' AS guards,
        held.strong, held.tables, held.advisory,
        coalesce(a.application_name LIKE :pattern, false) AS named,
        me.rolsuper OR (NOT r.rolsuper AND (pg_has_role(r.oid, 'USAGE')
          OR pg_has_role('pg_signal_backend', 'USAGE'))) AS may_end
      FROM pg_stat_activity a
      CROSS JOIN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS me
      LEFT JOIN held ON held.pid = a.pid
      LEFT JOIN pg_roles r ON r.oid = a.usesysid
      WHERE a.pid = ANY (string_to_array(:pids, ',')::int[])
      ORDER BY a.xact_start, a.pid
      """
          .formatted(TRANSACTION, MOMENT);

  private BlockerQuery() {}

  /**
   * Those that are still there. To be called outside of a transaction, in which the server would
   * show what it showed at first.
   *
   * @param pattern of the application names that were asked for
   */
  static List<Blocker> find(Handle handle, Collection<Integer> pids, String pattern) {
    return handle
        .createQuery(FIND)
        .bind("pids", pids.stream().map(String::valueOf).collect(Collectors.joining(",")))
        .bind("pattern", pattern)
        .map((row, at) -> blocker(row))
        .list();
  }

  private static Blocker blocker(ResultSet row) throws SQLException {
    return new Blocker(
        new Identity(
            row.getInt("pid"),
            row.getString("transaction"),
            row.getString("moment"),
            text(row, "application_name"),
            text(row, "usename"),
            text(row, "backend_type")),
        new Doing(
            text(row, "state"),
            row.getBoolean("wrote"),
            millis(row, "age"),
            millis(row, "unchanged"),
            millis(row, "worked"),
            row.getBoolean("guards")),
        new Holding(
            Optional.ofNullable(row.getString("strong")),
            row.getLong("tables"),
            row.getBoolean("advisory")),
        row.getBoolean("named"),
        row.getBoolean("may_end"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    return value == null ? "" : value;
  }

  private static Duration millis(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis(Math.max(0, row.getLong(column)));
  }
}
