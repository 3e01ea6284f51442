package dev.lockstep.activities.progress;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which progress is worth a signal. The interval grows with the time that the step took so
 * far, so that a step leaves a few hundred signals in the history however long it takes.
 */
final class SignalPace {
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  /** The interval is the elapsed time over this. */
  private static final long PARTS = 100;

  private final long began;
  private long sentAt;
  private @Nullable List<String> waitingFor;

  /**
   * Begins.
   *
   * @param now in nanoseconds, of {@link System#nanoTime()}
   */
  SignalPace(long now) {
    this.began = now;
    this.sentAt = now;
  }

  synchronized boolean due(Progress progress, long now) {
    long interval = Math.max(SHORTEST_INTERVAL.toNanos(), (now - began) / PARTS);
    boolean due = !progress.waitingFor().equals(waitingFor) || now - sentAt >= interval;
    if (due) {
      sentAt = now;
      waitingFor = progress.waitingFor();
    }
    return due;
  }
}
