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
  private final Optional<Rate> rate;
  private final LongSupplier nanoClock;
  private long paidUntil;

  Pacer(Optional<Rate> rate, LongSupplier nanoClock) {
    this.rate = rate;
    this.nanoClock = nanoClock;
    this.paidUntil = nanoClock.getAsLong();
  }

  /** Rows of a batch that costs at most a second. */
  long mostRows() {
    return rate.map(Rate::perSecond).orElse(Long.MAX_VALUE);
  }

  /** What is to be waited before the next batch, after one of so many rows. */
  synchronized Duration charge(long rows) {
    if (rate.isEmpty()) {
      return Duration.ZERO;
    }
    long now = nanoClock.getAsLong();
    double seconds = rows / (double) rate.get().perSecond();
    paidUntil = Math.max(paidUntil, now) + (long) (seconds * Duration.ofSeconds(1).toNanos());
    return Duration.ofNanos(paidUntil - now);
  }
}
