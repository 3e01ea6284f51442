package dev.lockstep.activities.progress;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which progress is worth a signal. The interval grows with the time that the step took so
 * far, so that a step leaves a few hundred signals in the history however long it takes: a service
 * refuses the 10,001st signal of a run and ends a run of 51,200 events.
 *
 * <ol>
 *   <li>A reason for waiting that differs only in its numbers (a lag, an age) is the same reason.
 *   <li>Another reason is told at once, but no more often than four times an interval: reasons that
 *       come and go with every batch would fill the history of a long step.
 * </ol>
 */
final class SignalPace {
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  /**
   * The time that the step took so far, up to this: a signal costs the service and the worker a
   * task, which a copy and the clients of a database on the same processors feel.
   */
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

  /** A longer interval is the elapsed time over this. */
  private static final long PARTS = 100;

  /** The least time between two signals is the interval over this. */
  private static final long HASTE = 4;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final long began;
  private long sentAt;
  private boolean firstAtOnce;
  private @Nullable List<String> reasons;

  /**
   * Begins.
   *
   * @param now in nanoseconds, of {@link System#nanoTime()}
   * @param firstAtOnce whether the first progress waits for no interval. A later attempt has
   *     nothing to say that is worth more than why the one before it failed
   */
  SignalPace(long now, boolean firstAtOnce) {
    this.began = now;
    this.sentAt = now;
    this.firstAtOnce = firstAtOnce;
  }

  synchronized boolean due(Progress progress, long now) {
    long interval = interval(now - began);
    List<String> told = withoutNumbers(progress.waitingFor());
    boolean others = !told.equals(reasons);
    boolean soon = reasons != null && others && now - sentAt >= interval / HASTE;
    boolean due = firstAtOnce || soon || now - sentAt >= interval;
    if (due) {
      firstAtOnce = false;
      sentAt = now;
      reasons = told;
    }
    return due;
  }

  private static long interval(long elapsed) {
    long usual = Math.min(USUAL_INTERVAL.toNanos(), elapsed);
    return Math.max(SHORTEST_INTERVAL.toNanos(), Math.max(usual, elapsed / PARTS));
  }

  private static List<String> withoutNumbers(List<String> texts) {
    return texts.stream().map(text -> NUMBER.matcher(text).replaceAll("#")).toList();
  }
}
