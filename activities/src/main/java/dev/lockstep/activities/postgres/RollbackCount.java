package dev.lockstep.activities.postgres;

import dev.lockstep.activities.postgres.health.OwnSignals;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Counts what is usual before a trial, and ends only while every signal is good: a trial of clients
 * that are in trouble anyway would tell nothing.
 */
final class RollbackCount {
  /** The server's counter at the end of the count; the trial goes on from it. */
  static final String COUNTER = "counter";

  static final String ROLLBACKS = "rollbacksBefore";
  static final String MILLIS = "durationMillis";

  static final long LOOK_MILLIS = 250;

  /**
   * Of the whole database, since the server tells no rollbacks of one application. A statement that
   * fails outside of a transaction is one, too.
   *
   * @see <a
   *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW">pg_stat_database</a>
   */
  private static final String COUNT =
      """
      SELECT pg_stat_get_db_xact_rollback(oid) FROM pg_database
      WHERE datname = current_database()
      """;

  private final String step;
  private final Action.BeforeTrial action;
  private final OwnSignals signals;

  RollbackCount(String step, Action.BeforeTrial action, OwnSignals signals) {
    this.step = step;
    this.action = action;
    this.signals = signals;
  }

  /** Returns at the end of the time with what the ledger shall keep. */
  SortedMap<String, Long> run(Handle handle, Reporter reporter) {
    long began = System.nanoTime();
    long first = read(handle);
    Duration passed = Duration.ZERO;
    List<String> concerns = signals.look(handle).concerns();
    while (passed.compareTo(action.duration()) < 0 || !concerns.isEmpty()) {
      reporter.progress(progress(step, passed, action.duration(), concerns));
      ShortPause.of(LOOK_MILLIS);
      concerns = signals.look(handle).concerns();
      passed = Duration.ofNanos(System.nanoTime() - began);
    }
    long last = read(handle);
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put(COUNTER, last);
    figures.put(ROLLBACKS, since(first, last));
    figures.put(MILLIS, passed.toMillis());
    return figures;
  }

  /** A counter that is lower than before began again with the server's statistics. */
  static long since(long before, long now) {
    return now >= before ? now - before : now;
  }

  /** What of the ledger's figures is for people. */
  static SortedMap<String, Long> shown(SortedMap<String, Long> figures) {
    SortedMap<String, Long> shown = new TreeMap<>(figures);
    shown.remove(COUNTER);
    return shown;
  }

  /** The time that has passed, in seconds. */
  static Progress progress(String step, Duration passed, Duration whole, List<String> reasons) {
    Duration left = whole.minus(passed);
    return new Progress(
        step,
        Math.min(passed.toSeconds(), whole.toSeconds()),
        whole.toSeconds(),
        1,
        Optional.of(left.isNegative() ? Duration.ZERO : left),
        reasons);
  }

  private static long read(Handle handle) {
    return handle.createQuery(COUNT).mapTo(Long.class).one();
  }
}
