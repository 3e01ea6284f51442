package dev.lockstep.activities.postgres;

import dev.lockstep.activities.postgres.health.OwnSignals;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches clients while old names are hidden.
 *
 * <ol>
 *   <li>Rollbacks count from the end of the count before the trial, not from the beginning of the
 *       trial: a session in which every statement fails may tell of its first one alone, since a
 *       server from version 15 on sends what a session counted only together with numbers of
 *       tables.
 *   <li>More of them than {@link Usual} allows, or a signal that is too high, is a failure.
 *   <li>So is a signal that cannot be read for {@link #BLIND}: nobody could tell then. The trial
 *       does not end well on one that cannot be read.
 * </ol>
 */
final class TryOut {
  /** As long as a backfill works on with what it saw last. */
  private static final Duration BLIND = Duration.ofSeconds(15);

  /**
   * A session at work sends what it counted once a second: rollbacks of the second before the trial
   * may arrive in it.
   *
   * @see <a
   *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/activity/pgstat.c">
   *     PGSTAT_MIN_INTERVAL</a>
   */
  private static final Duration SENT_LATE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(TryOut.class);

  private static final String LOOK =
      """
      SELECT pg_stat_get_db_xact_rollback(d.oid) AS counter,
        (b.figures->>'counter')::bigint AS counter_before,
        (b.figures->>'rollbacksBefore')::bigint AS rollbacks_before,
        (b.figures->>'durationMillis')::bigint AS millis_before,
        (extract(epoch FROM clock_timestamp() - b.ended_at) * 1000)::bigint AS since,
        (extract(epoch FROM clock_timestamp() - t.started_at) * 1000)::bigint AS passed
      FROM pg_database d, lockstep.steps b, lockstep.steps t
      WHERE d.datname = current_database()
        AND b.run_id = :run AND b.step_id = :before AND b.state = 'DONE'
        AND t.run_id = :run AND t.step_id = :step
      """;

  private final StepScope scope;
  private final Action.Trial action;
  private final OwnSignals signals;
  private long ownRollbacks;
  private long blindSince;

  TryOut(StepScope scope, Action.Trial action, OwnSignals signals) {
    this.scope = scope;
    this.action = action;
    this.signals = signals;
  }

  /**
   * What the server says.
   *
   * @param rollbacks since the count before the trial ended
   * @param since that time
   * @param passed of the trial
   */
  private record Look(Usual usual, long rollbacks, Duration since, Duration passed) {}

  /** Returns at the end of the trial; fails where clients do. */
  SortedMap<String, Long> run(Handle handle, Reporter reporter) {
    blindSince = System.nanoTime();
    Look look = look(handle);
    OwnSignals.Seen seen = judged(handle, look);
    while (look.passed().compareTo(action.duration()) < 0 || !seen.unreadable().isEmpty()) {
      reporter.progress(
          RollbackCount.progress(
              scope.step(), look.passed(), action.duration(), seen.unreadable()));
      ShortPause.of(RollbackCount.LOOK_MILLIS);
      look = look(handle);
      seen = judged(handle, look);
    }
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put("rollbacksInTrial", look.rollbacks());
    figures.put("durationMillis", look.passed().toMillis());
    return figures;
  }

  private OwnSignals.Seen judged(Handle handle, Look look) {
    OwnSignals.Seen seen = signals.look(handle);
    ownRollbacks += seen.unreadable().size();
    if (seen.unreadable().isEmpty()) {
      blindSince = System.nanoTime();
    }
    if (!seen.tooHigh().isEmpty()) {
      throw failed(look, String.join("; ", seen.tooHigh()));
    }
    if (System.nanoTime() - blindSince > BLIND.toNanos()) {
      throw failed(look, "nobody can tell: " + String.join("; ", seen.unreadable()));
    }
    long usual = look.usual().most(look.since().plus(SENT_LATE));
    long allowed = usual + action.maxRollbacks() + ownRollbacks;
    if (look.rollbacks() > allowed) {
      throw failed(look, look.usual().sentence(look.rollbacks(), look.since(), allowed));
    }
    return seen;
  }

  private Look look(Handle handle) {
    return handle
        .createQuery(LOOK)
        .bind("run", scope.run().id())
        .bind("before", action.before())
        .bind("step", scope.step())
        .map(
            (row, at) ->
                new Look(
                    new Usual(
                        row.getLong("rollbacks_before"),
                        Duration.ofMillis(row.getLong("millis_before"))),
                    RollbackCount.since(row.getLong("counter_before"), row.getLong("counter")),
                    Duration.ofMillis(row.getLong("since")),
                    Duration.ofMillis(row.getLong("passed"))))
        .findOne()
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.INTERNAL_ERROR,
                    "the ledger has no count of " + action.before(),
                    scope.step()));
  }

  private ApplicationFailure failed(Look look, String why) {
    String message =
        "clients failed %s s after old names were hidden on trial: %s"
            .formatted(Math.max(0, look.passed().toSeconds()), why);
    LOG.warn("run {}: {}; the names come back", scope.run(), message);
    return Faults.failure(FaultCode.TRIAL_FAILED, message, scope.step());
  }
}
