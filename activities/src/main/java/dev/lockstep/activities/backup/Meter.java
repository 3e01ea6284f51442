package dev.lockstep.activities.backup;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** How many bytes are done, how fast, and when it will be over. */
final class Meter {
  /** The rate is that of the last looks, weighed so that half of it is of the last five seconds. */
  private static final double HALF_LIFE_SECONDS = 5;

  private final String step;
  private final AtomicLong done = new AtomicLong();
  private final Supplier<List<String>> reasons;
  private volatile long total;
  private long lookedAt = System.nanoTime();
  private long doneThen;
  private double perSecond;

  Meter(String step, Supplier<List<String>> reasons) {
    this.step = step;
    this.reasons = reasons;
  }

  void expect(long bytes) {
    total = bytes;
  }

  void add(long bytes) {
    done.addAndGet(bytes);
  }

  synchronized Progress look() {
    long now = System.nanoTime();
    long bytes = done.get();
    double seconds = Math.max(1e-3, (now - lookedAt) / 1e9);
    double rate = (bytes - doneThen) / seconds;
    double weight = doneThen == 0 ? 1 : 1 - Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
    perSecond += (rate - perSecond) * weight;
    lookedAt = now;
    doneThen = bytes;
    return new Progress(step, bytes, total, perSecond, remaining(bytes), reasons.get());
  }

  private Optional<Duration> remaining(long bytes) {
    return perSecond >= 1 && total > bytes
        ? Optional.of(Duration.ofSeconds((long) Math.ceil((total - bytes) / perSecond)))
        : Optional.empty();
  }
}
