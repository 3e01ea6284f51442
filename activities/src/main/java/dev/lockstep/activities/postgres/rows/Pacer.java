package dev.lockstep.activities.postgres.rows;

import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds all workers of a step together to a rate: whoever has worked waits until the rows of
 * everybody are paid for. Nothing is saved up while nobody works, but for a moment.
 *
 * <p>The rate is held in many small batches: the commit of a client waits until the log of all rows
 * before it is on the disk, which it feels where they came at once. Each batch costs a commit too:
 * where the rate is not reached, batches grow.
 */
final class Pacer {
  /** Below {@link #SMALL} rows: more would be felt for their commits. */
  private static final long FEW_A_SECOND = 50;

  /** More of them keep the worker busy with itself. */
  private static final long MANY_A_SECOND = 250;

  /** Rows that are not felt where they come at once. */
  private static final long SMALL = 400;

  /** Of batches after one that came late; the few that chance makes late are soon forgotten. */
  private static final double GROWTH = 1.25;

  private static final double SHRINKAGE = 0.98;
  private static final double MOST_STRETCH = 50;

  /** A batch that came late by so much is made up for. */
  private static final long SAVED_NANOS = Duration.ofMillis(25).toNanos();

  private final Optional<Rate> rate;
  private final LongSupplier nanoClock;
  private long paidUntil;
  private double stretch = 1;

  Pacer(Optional<Rate> rate, LongSupplier nanoClock) {
    this.rate = rate;
    this.nanoClock = nanoClock;
    this.paidUntil = nanoClock.getAsLong();
  }

  /** Rows of a batch. */
  synchronized long mostRows() {
    return rate.map(asked -> (long) (fewRows(asked.perSecond()) * stretch)).orElse(Long.MAX_VALUE);
  }

  private static long fewRows(long perSecond) {
    return Math.max(perSecond / MANY_A_SECOND, Math.min(perSecond / FEW_A_SECOND, SMALL));
  }

  /**
   * What is to be waited before the next batch, after one of so many rows.
   *
   * @param took the time of that batch, which counts as waited
   */
  synchronized Duration charge(long rows, Duration took) {
    if (rate.isEmpty()) {
      return Duration.ZERO;
    }
    long now = nanoClock.getAsLong();
    long earliest = now - took.toNanos() - SAVED_NANOS;
    boolean late = paidUntil < earliest;
    stretch = Math.max(1, Math.min(MOST_STRETCH, stretch * (late ? GROWTH : SHRINKAGE)));
    double seconds = rows / (double) rate.get().perSecond();
    paidUntil = Math.max(paidUntil, earliest) + (long) (seconds * Duration.ofSeconds(1).toNanos());
    return Duration.ofNanos(Math.max(0, paidUntil - now));
  }
}
