package dev.lockstep.activities.postgres.rows;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts the rows of a step, and says how fast they come. All workers add, one thread reads. */
final class RowTally {
  /** Long enough that a batch more or less does not show, short enough to show a change of pace. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final String step;
  private final long total;
  private final LongSupplier nanoClock;
  private final AtomicLong done;
  private final AtomicLong batches = new AtomicLong();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long rowsTold;
  private long batchesTold;

  private record Sample(long nanos, long done) {}

  /**
   * A tally.
   *
   * @param already rows of earlier calls
   * @param total estimate; 0 or less where not known
   */
  RowTally(String step, long already, long total, LongSupplier nanoClock) {
    this.step = step;
    this.total = Math.max(0, total);
    this.nanoClock = nanoClock;
    this.done = new AtomicLong(already);
    this.rowsTold = already;
    samples.add(new Sample(nanoClock.getAsLong(), already));
  }

  /** A tally whose rows nobody is told of. */
  RowTally aside() {
    return new RowTally(step, 0, total, nanoClock);
  }

  /** All so far. */
  long rows() {
    return done.get();
  }

  void add(long rows) {
    done.addAndGet(rows);
    batches.incrementAndGet();
  }

  Progress progress(List<String> waitingFor) {
    long now = nanoClock.getAsLong();
    long rows = done.get();
    samples.add(new Sample(now, rows));
    while (samples.size() > 2 && now - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
    double perSecond = perSecond(samples.getFirst(), now, rows);
    return new Progress(step, rows, total, perSecond, remaining(rows, perSecond), waitingFor);
  }

  /** Rows of a batch, on the average of those since the last call; none where none is over. */
  OptionalLong batchRows() {
    long rows = done.get() - rowsTold;
    long many = batches.get() - batchesTold;
    if (many == 0) {
      return OptionalLong.empty();
    }
    rowsTold += rows;
    batchesTold += many;
    return OptionalLong.of(rows / many);
  }

  private static double perSecond(Sample first, long now, long rows) {
    long nanos = now - first.nanos();
    return nanos <= 0 ? 0 : (rows - first.done()) * 1e9 / nanos;
  }

  private Optional<Duration> remaining(long rows, double perSecond) {
    return perSecond > 0 && total > rows
        ? Optional.of(Duration.ofMillis((long) ((total - rows) * 1000 / perSecond)))
        : Optional.empty();
  }
}
