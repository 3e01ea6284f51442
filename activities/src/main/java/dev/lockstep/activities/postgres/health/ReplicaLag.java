package dev.lockstep.activities.postgres.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * How far the streaming replicas are behind, against {@code maxReplicaLag}. A replica that is there
 * and whose lag is hidden from the role, or that does not stream yet, counts as too far behind.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW">pg_stat_replication</a>
 */
final class ReplicaLag implements HealthSignal {
  /** An idle replica that has everything shows no lag at all. */
  private static final String QUERY =
      """
      SELECT coalesce(nullif(application_name, ''), 'pid ' || pid) AS name,
        state,
        (extract(epoch FROM coalesce(replay_lag,
          CASE WHEN state = 'streaming' THEN interval '0' END)) * 1000)::bigint AS millis
      FROM pg_stat_replication
      WHERE state IS DISTINCT FROM 'backup'
      ORDER BY name
      """;

  private static final String NAME = "replica lag";

  /** A report shows no more lines. */
  private static final int MEASURED = 3;

  private final Duration most;
  private List<Replica> last = List.of();

  ReplicaLag(Duration most) {
    this.most = most;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    last = List.of();
    last = Look.at(NAME, handle, ReplicaLag::replicas);
    return worst(last, most);
  }

  @Override
  public Map<String, Long> readings() {
    return measured(last);
  }

  /** Those that are furthest behind; of several of one name the last of them. */
  static Map<String, Long> measured(List<Replica> replicas) {
    Map<String, Long> lags =
        replicas.stream()
            .filter(replica -> replica.lag().isPresent())
            .collect(
                Collectors.toMap(
                    replica -> "lag of replica " + replica.name(),
                    replica -> replica.lag().orElseThrow().toMillis(),
                    Math::max));
    return lags.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MEASURED)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static Optional<String> worst(List<Replica> replicas, Duration most) {
    return replicas.stream().flatMap(replica -> replica.concern(most).stream()).findFirst();
  }

  private static List<Replica> replicas(Handle handle) {
    return handle
        .createQuery(QUERY)
        .map(
            (row, at) ->
                new Replica(
                    row.getString("name"),
                    Optional.ofNullable(row.getString("state")),
                    Optional.ofNullable(row.getObject("millis", Long.class))
                        .map(Duration::ofMillis)))
        .list();
  }

  /**
   * A replica.
   *
   * @param state absent where the role may not see it
   * @param lag absent where the server does not know it
   */
  record Replica(String name, Optional<String> state, Optional<Duration> lag) {
    Optional<String> concern(Duration most) {
      if (state.isEmpty()) {
        return Optional.of(
            "replica lag of " + name + " is hidden: grant pg_monitor to the role of Lockstep");
      }
      if (lag.isEmpty()) {
        return Optional.of("replica " + name + " does not stream yet (" + state.get() + ")");
      }
      return lag.get().compareTo(most) > 0
          ? Optional.of(
              "replica %s is %d ms behind, limit %d ms"
                  .formatted(name, lag.get().toMillis(), most.toMillis()))
          : Optional.empty();
    }
  }
}
