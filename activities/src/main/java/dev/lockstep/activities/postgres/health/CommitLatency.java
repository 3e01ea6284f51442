package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.postgres.PlainSql;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * How long one small commit takes, against {@code maxCommitLatency}. It waits for the disk of the
 * log, and for the synchronous replica where there is one, as every commit of the clients does. Its
 * table is made at the first look, so that ledgers of earlier versions get it, too.
 */
final class CommitLatency implements HealthSignal {
  private static final String NAME = "commit latency";

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS lockstep.pulse (
        id integer PRIMARY KEY,
        beats bigint NOT NULL)
      """;

  private static final String BEAT =
      """
      INSERT INTO lockstep.pulse AS p (id, beats) VALUES (1, 1)
      ON CONFLICT (id) DO UPDATE SET beats = p.beats + 1
      """;

  private final Duration most;
  private final LongSupplier nanoClock;
  private boolean ready;

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
    try {
      prepare(handle);
      return judged(beat(handle));
    } catch (UnreadableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Look.unreadable(NAME, e);
    }
  }

  private void prepare(Handle handle) {
    if (!ready) {
      boolean there =
          Look.at(
              NAME,
              handle,
              asked ->
                  PlainSql.value(asked, "SELECT to_regclass('lockstep.pulse')::text").isPresent());
      if (!there) {
        PlainSql.run(handle, TABLE);
      }
      ready = true;
    }
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
