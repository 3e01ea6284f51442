package dev.lockstep.activities.backup;

import dev.lockstep.definitions.model.ByteRate;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets no more bytes a second through than a rate, all threads together. */
final class Throttle {
  /** What was not used for longer than this is lost: no burst after a pause. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Optional<ByteRate> rate;
  private long freeAt = System.nanoTime();
  private volatile boolean waits;

  Throttle(Optional<ByteRate> rate) {
    this.rate = rate;
  }

  /** The most bytes that go through at once, so that nobody waits much longer than a moment. */
  int step(int wished) {
    return rate.map(limit -> (int) Math.max(1, Math.min(wished, limit.perSecond().bytes() / 10)))
        .orElse(wished);
  }

  /** Returns when so many bytes may go through. */
  void pass(long bytes) throws InterruptedIOException {
    if (rate.isEmpty()) {
      return;
    }
    long pause = reserve(bytes, rate.get().perSecond().bytes()) - System.nanoTime();
    waits = pause > 0;
    if (pause > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the rate is limited");
      }
    }
  }

  /** For people: whether the limit is what it waits for. */
  Optional<String> reason() {
    return rate.filter(limit -> waits).map(limit -> "no more than " + limit + " are read");
  }

  private synchronized long reserve(long bytes, long perSecond) {
    long from = Math.max(freeAt, System.nanoTime() - CREDIT_NANOS);
    freeAt = from + (long) (bytes * 1e9 / perSecond);
    return freeAt;
  }
}
