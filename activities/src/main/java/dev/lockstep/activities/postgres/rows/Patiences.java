package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.rows.FillStatements.Patience;
import dev.lockstep.definitions.model.Limits;
import java.time.Duration;

/** How long a batch waits for a row's lock and how long it may take. */
final class Patiences {
  /**
   * Below PostgreSQL's deadlock_timeout of 1 s: where a client and a batch wait for each other, the
   * batch gives way, and no client ever sees a deadlock.
   */
  private static final Duration MOST_FOR_A_LOCK = Duration.ofMillis(500);

  private static final Duration LEAST_FOR_A_LOCK = Duration.ofMillis(10);
  private static final Duration LEAST_IN_ALL = Duration.ofSeconds(2);
  private static final Duration ONE_ROW = Duration.ofMinutes(1);
  private static final int TIMES_THE_TARGET = 20;
  private static final int TIMES_FOR_A_LOCK = 2;

  private final Limits limits;

  Patiences(Limits limits) {
    this.limits = limits;
  }

  /** For a batch of many rows: others wait for those it has, so it does not wait long itself. */
  Patience ofManyRows() {
    Duration target = limits.batchDuration();
    Duration wait = least(target.multipliedBy(TIMES_FOR_A_LOCK), MOST_FOR_A_LOCK);
    Duration lock = least(limits.lockTimeout(), wait);
    Duration all = target.multipliedBy(TIMES_THE_TARGET);
    return new Patience(most(LEAST_FOR_A_LOCK, lock), most(LEAST_IN_ALL, all));
  }

  /** For a batch of one row, which holds no other. */
  Patience ofOneRow() {
    return new Patience(
        most(LEAST_FOR_A_LOCK, limits.lockTimeout()), ONE_ROW.plus(limits.lockTimeout()));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration most(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
