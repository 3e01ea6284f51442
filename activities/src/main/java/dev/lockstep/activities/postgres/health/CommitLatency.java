package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.postgres.PlainSql;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * How long one small commit takes, against {@code maxCommitLatency}. It waits for the disk of the
 * log, and for the synchronous replica where there is one, as every commit of the clients does.
 */
final class CommitLatency implements HealthSignal {
  private static final String NAME = "commit latency";

  private static final String BEAT =
      """
      INSERT INTO lockstep.pulse AS p (id, beats) VALUES (1, 1)
      ON CONFLICT (id) DO UPDATE SET beats = p.beats + 1
      """;

  private final Duration most;
  private final LongSupplier nanoClock;
  private Optional<Duration> last = Optional.empty();

  CommitLatency(Duration most, LongSupplier nanoClock) {
    this.most = most;
    this.nanoClock = nanoClock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    last = Optional.empty();
    try {
      Duration taken = beat(handle);
      last = Optional.of(taken);
      return judged(taken);
    } catch (RuntimeException e) {
      throw Look.unreadable(NAME, e);
    }
  }

  @Override
  public Map<String, Long> readings() {
    return last.map(taken -> Map.of(NAME, taken.toMillis())).orElse(Map.of());
  }

  /** Only the commit is timed: the row may have to wait for another run's pulse. */
  private Duration beat(Handle handle) {
    handle.begin();
    try {
      PlainSql.run(handle, "SET LOCAL statement_timeout = '" + Look.TIME_LIMIT + "'; " + BEAT);
      long start = nanoClock.getAsLong();
      handle.commit();
      return Duration.ofNanos(nanoClock.getAsLong() - start);
    } finally {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    }
  }

  Optional<String> judged(Duration taken) {
    return taken.compareTo(most) > 0
        ? Optional.of(
            "a commit takes %s ms, limit %s ms".formatted(taken.toMillis(), most.toMillis()))
        : Optional.empty();
  }
}
