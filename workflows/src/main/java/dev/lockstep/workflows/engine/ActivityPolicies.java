package dev.lockstep.workflows.engine;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * Every timeout and retry of the engine, each with its reason. A fault whose kind is not {@code
 * BUSY} or {@code UNREACHABLE} is never retried: its failure says so itself. A worker that died
 * shows as a timeout, and a timeout is retried.
 */
final class ActivityPolicies {
  /**
   * Steps, and verifications repeated at a gate, after which a run goes on in a new history,
   * whatever the server suggests. Each writes 6 to 20 events and at most some hundred progress
   * signals; a server suggests it at 4,096 events and refuses more than 51,200.
   */
  static final int STEPS_A_HISTORY = 200;

  /**
   * A worker lets every activity heartbeat each second; five may be lost to a pause of the garbage
   * collector or a slow server before the worker counts as dead. It is the time that a killed
   * worker costs.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** Longer than any backfill or index build; whether it is alive is what the heartbeat is for. */
  private static final Duration UNLIMITED = Duration.ofDays(30);

  /**
   * A long activity stops at its next batch, within seconds; an index build has to drop the rest
   * first. The embedded service can lose the answer of an activity that fails while it is being
   * cancelled; after this time it counts as stopped.
   */
  private static final Duration STOP_GRACE = Duration.ofMinutes(1);

  /**
   * Where one of several activities has failed, the others may come to their end by themselves for
   * so long before they are cancelled: steps that were done before answer at once. The embedded
   * service (temporal-test-server 1.38.0, {@code processRequestCancelActivityTask}) stands still
   * for ever where an activity ends while the workflow task that cancels it is under way.
   */
  static final Duration MOMENT = Duration.ofSeconds(1);

  /**
   * Reading and planning. A catalogue of thousands of tables is read in seconds. Nothing has begun,
   * and who started the run waits for an answer: a server that does not answer five times, over at
   * least 7 s, is told instead of waited for.
   */
  static final Policy PREPARE =
      once(
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          answering().toBuilder().setMaximumAttempts(5).build());

  /**
   * Reads files, nothing else; the run fails anyhow, and whoever waits for that is not to wait
   * long.
   */
  static final Policy ADDRESSEES =
      once(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          answering().toBuilder().setMaximumAttempts(3).build());

  /** One small transaction in the ledger. An hour outlasts failovers and upgrades of the server. */
  static final Policy LEDGER = once(Duration.ofMinutes(1), Duration.ofHours(1), answering());

  /**
   * Statements under the lock protocol, index builds and proofs of constraints. One attempt waits
   * at most the lock timeout for each lock, then gives way; with the locks it may work as long as
   * the table is big. The first retries come fast, since most locks are held for milliseconds; the
   * later ones every 15 s, so that clients are disturbed at most that often. 500 attempts are two
   * hours: they outlast the long reports and backups that usually hold such locks.
   */
  static final Policy SCHEMA =
      beating(
          RetryOptions.newBuilder()
              .setInitialInterval(Duration.ofMillis(200))
              .setBackoffCoefficient(1.5)
              .setMaximumInterval(Duration.ofSeconds(15))
              .setMaximumAttempts(500)
              .build());

  /**
   * Reads or writes every row. Attempts count over the whole step, not since the last progress: 500
   * of them at 15 s are two hours without an answer, yet enough for a step of days that loses its
   * connection now and then.
   */
  static final Policy ROWS = beating(attempts(500));

  /**
   * Old clients stay connected for days: the wait ends by itself or by a person, not by attempts.
   */
  static final Policy OLD_CLIENTS = beating(answering());

  /**
   * A trial is over by its own time. It goes on after a server was away: to end it for that would
   * leave old names hidden with nobody watching.
   */
  static final Policy TRIAL = beating(answering());

  /** One query of the author's; it may read a big table. 240 attempts are an hour. */
  static final Policy QUESTION = beating(attempts(240));

  /**
   * Its own deadline ends a rollout. Retried only where the cluster does not answer or somebody
   * else writes the same object: 240 attempts are an hour.
   */
  static final Policy ROLLOUT = beating(attempts(240));

  /**
   * The look before a backup. Nothing has begun, and who started the run waits for an answer: what
   * does not answer eight times, over about a minute, is told instead of waited for.
   */
  static final Policy PREFLIGHT = beating(attempts(8));

  /**
   * Short work with a store. Stores are away for minutes and answer with errors of their own
   * meanwhile: 240 attempts are an hour.
   */
  static final Policy STORE = beating(attempts(240));

  /**
   * A dump, a load, or the reading of every object. A dump cannot go on where it was cut, since its
   * snapshot is gone: each attempt begins anew, so there are few.
   */
  static final Policy COPY = beating(attempts(20));

  /**
   * One notice for one receiver. A receiver that is down over a night still gets it; after a day it
   * is no news. Ten minutes between tries do not press a service that has its troubles.
   */
  static final Policy NOTICE =
      once(
          Duration.ofSeconds(40),
          Duration.ofDays(1),
          RetryOptions.newBuilder()
              .setInitialInterval(Duration.ofSeconds(1))
              .setBackoffCoefficient(2)
              .setMaximumInterval(Duration.ofMinutes(10))
              .build());

  private ActivityPolicies() {}

  /** A short activity: one attempt is never longer than {@code attempt}. */
  private static Policy once(Duration attempt, Duration total, RetryOptions retries) {
    return new Policy(
        cancellable()
            .setStartToCloseTimeout(attempt)
            .setHeartbeatTimeout(HEARTBEAT)
            .setScheduleToCloseTimeout(total)
            .setRetryOptions(retries)
            .build(),
        attempt.plus(STOP_GRACE));
  }

  private static Policy beating(RetryOptions retries) {
    return new Policy(
        cancellable()
            .setStartToCloseTimeout(UNLIMITED)
            .setHeartbeatTimeout(HEARTBEAT)
            .setRetryOptions(retries)
            .build(),
        STOP_GRACE);
  }

  /** The undo must not begin while an act is still at work. */
  private static ActivityOptions.Builder cancellable() {
    return ActivityOptions.newBuilder()
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
  }

  private static RetryOptions attempts(int most) {
    return answering().toBuilder().setMaximumAttempts(most).build();
  }

  /** Servers come back within seconds after a failover, within minutes after an upgrade. */
  private static RetryOptions answering() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofMillis(500))
        .setBackoffCoefficient(2)
        .setMaximumInterval(Duration.ofSeconds(15))
        .build();
  }

  /**
   * How an activity is called.
   *
   * @param grace after a cancellation, the time after which it cannot be at work any more
   */
  record Policy(ActivityOptions options, Duration grace) {
    /** The options with the line that the Temporal UI shows. */
    ActivityOptions titled(String title) {
      return ActivityOptions.newBuilder(options).setSummary(Titles.cut(title)).build();
    }
  }
}
