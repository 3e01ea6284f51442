package dev.lockstep.worker.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many a second; what was not used in the second before may be used now. */
final class RateLimit {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long filled;

  RateLimit(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.filled = nanoTime.getAsLong();
  }

  /** Whether one more may come now. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + (now - filled) / NANOS * perSecond);
    filled = now;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
