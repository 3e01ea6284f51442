package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.connection.Databases;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How many sessions of others are at work on the whole server, their parallel workers included,
 * against {@code maxActiveSessions}. More of them than cores wait for one another, and so would we.
 * Lockstep's own sessions are told by their application name.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW">pg_stat_activity</a>
 */
final class ActiveSessions implements HealthSignal {
  private static final String NAME = "number of active sessions";

  /** Of a session that the role may not see, even the kind is NULL. */
  private static final String QUERY =
      """
      SELECT count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE query = '<insufficient privilege>') AS hidden
      FROM pg_stat_activity
      WHERE application_name IS DISTINCT FROM :own
        AND coalesce(backend_type IN ('client backend', 'parallel worker'), true)
      """;

  private final int most;

  ActiveSessions(int most) {
    this.most = most;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    return Look.at(NAME, handle, ActiveSessions::count).concern(most);
  }

  private static Count count(Handle handle) {
    return handle
        .createQuery(QUERY)
        .bind("own", Databases.APPLICATION_NAME)
        .map((row, at) -> new Count(row.getLong("active"), row.getLong("hidden")))
        .one();
  }

  /**
   * Sessions of others.
   *
   * @param hidden those whose state the role may not see
   */
  record Count(long active, long hidden) {
    Optional<String> concern(int most) {
      if (active > most) {
        return Optional.of("%s sessions are active, limit %s".formatted(active, most));
      }
      if (hidden > 0) {
        throw UnreadableException.hidden("the state of %s sessions".formatted(hidden));
      }
      return Optional.empty();
    }
  }
}
