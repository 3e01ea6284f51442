package dev.lockstep.activities.restore;

import dev.lockstep.activities.stream.BlockFilter;
import dev.lockstep.workflows.contract.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** How many bytes a load has read, how fast it reads, and when it will have read the last. */
final class LoadMeter {
  /** So long ago what was read counts half in the rate. */
  private static final double HALF_LIFE_SECONDS = 5;

  private final String step;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private volatile Supplier<Optional<String>> state = Optional::empty;
  private long lookedAt;
  private long doneThen;
  private double perSecond;

  /**
   * At zero.
   *
   * @param began by {@link System#nanoTime()}
   */
  LoadMeter(String step, long total, long began) {
    this.step = step;
    this.total = total;
    this.lookedAt = began;
  }

  long done() {
    return done.get();
  }

  /**
   * Counts what is read of a stream. Reading fails in a thread that was interrupted: a load ends
   * there, wherever its engine looks.
   */
  InputStream counting(InputStream content) {
    return new BlockFilter(content) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        requireNoStop();
        int count = source.read(buffer, offset, length);
        done.addAndGet(Math.max(0, count));
        return count;
      }
    };
  }

  /** Asked for what the load does beside reading. */
  void stating(Supplier<Optional<String>> what) {
    state = what;
  }

  /** To be called by one thread, several times a second. */
  Progress look(long now) {
    long bytes = done.get();
    double seconds = (now - lookedAt) / 1e9;
    if (seconds > 0) {
      double weight = doneThen == 0 ? 1 : 1 - Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
      perSecond += ((bytes - doneThen) / seconds - perSecond) * weight;
      lookedAt = now;
      doneThen = bytes;
    }
    return new Progress(
        step, bytes, total, perSecond, remaining(bytes), state.get().stream().toList());
  }

  private Optional<Duration> remaining(long bytes) {
    return perSecond >= 1 && total > bytes
        ? Optional.of(Duration.ofSeconds((long) Math.ceil((total - bytes) / perSecond)))
        : Optional.empty();
  }

  private static void requireNoStop() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the load was stopped");
    }
  }
}
