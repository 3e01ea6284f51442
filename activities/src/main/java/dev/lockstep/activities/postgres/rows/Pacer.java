package dev.lockstep.activities.postgres.rows;

import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds all workers of a step together to a rate: whoever has worked waits until the rows of
 * everybody are paid for. Nothing is saved up while nobody works.
 */
final class Pacer {
  /** Each waits for the disk once, so that many more would be felt for that. */
  private static final long BATCHES_A_SECOND = 50;

  private final Optional<Rate> rate;
  private final LongSupplier nanoClock;
  private long paidUntil;

  Pacer(Optional<Rate> rate, LongSupplier nanoClock) {
    this.rate = rate;
    this.nanoClock = nanoClock;
    this.paidUntil = nanoClock.getAsLong();
  }

  /** Rows of a batch: few enough that none is felt as a burst. */
  long mostRows() {
    return rate.map(asked -> asked.perSecond() / BATCHES_A_SECOND).orElse(Long.MAX_VALUE);
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
    double seconds = rows / (double) rate.get().perSecond();
    paidUntil =
        Math.max(paidUntil, now - took.toNanos())
            + (long) (seconds * Duration.ofSeconds(1).toNanos());
    return Duration.ofNanos(Math.max(0, paidUntil - now));
  }
}
