package dev.lockstep.activities.progress;

import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says from a thread of its own that an activity lives while its work blocks, and stops the work
 * when the activity shall stop.
 *
 * <ol>
 *   <li>At every tick {@code tick} is called, until it throws the wish to stop, which is kept.
 *   <li>From then on {@code stop} is called, at once and again at every tick: one call may fall
 *       between two statements, where it stops nothing.
 *   <li>Whatever else the two throw is logged, and the next tick comes as if nothing had been.
 *   <li>{@link #close} waits for the call that is under way, and none begins after it: what {@code
 *       stop} acts on may be used for something else then.
 * </ol>
 */
public final class KeepAlive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** A call that takes longer hangs; it is left behind, and calls no {@code stop} any more. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  private final Runnable tick;
  private final Runnable stop;
  private final ScheduledExecutorService timer;
  private final ScheduledFuture<?> looks;
  private volatile @Nullable ActivityCompletionException wish;
  private volatile boolean stopped;
  private volatile boolean closed;

  /**
   * Begins at once; the first tick comes after {@code every}.
   *
   * @param every from the end of a tick to the next one
   * @param tick says that the activity lives
   * @param stop stops the work or does nothing; may be called any number of times
   */
  public KeepAlive(Duration every, Runnable tick, Runnable stop) {
    this.tick = tick;
    this.stop = stop;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lockstep-alive");
              thread.setDaemon(true);
              return thread;
            });
    this.looks =
        timer.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Does work in this thread, which is interrupted at every tick until the work ends where the
   * activity shall stop. That interruption does not outlast the work.
   *
   * @param tick called first by this thread, then several times a second by another one
   * @throws ActivityCompletionException where the activity had to stop and the work failed of it
   */
  public static <T, X extends Exception> T interrupting(Runnable tick, Work<T, X> work) throws X {
    tick.run();
    KeepAlive alive = new KeepAlive(INTERVAL, tick, Thread.currentThread()::interrupt);
    try (alive) {
      return alive.over(work);
    } finally {
      if (alive.stopped && Thread.interrupted()) {
        LOG.debug("the work ended without having noticed its last interruption");
      }
    }
  }

  /**
   * Does work, after which this may be used on.
   *
   * @throws ActivityCompletionException in place of what the work throws, where the activity shall
   *     stop
   */
  public <T, X extends Exception> T over(Work<T, X> work) throws X {
    try {
      return work.run();
    } catch (Exception e) {
      check();
      throw e;
    }
  }

  /** Whether the activity shall stop. */
  public boolean isStopped() {
    return wish != null;
  }

  /**
   * Does nothing as long as the activity may go on.
   *
   * @throws ActivityCompletionException where it shall stop
   */
  public void check() {
    @Nullable ActivityCompletionException kept = wish;
    if (kept != null) {
      throw kept;
    }
  }

  /** An interruption of this thread does not shorten the wait, and stays. */
  @Override
  public void close() {
    closed = true;
    looks.cancel(false);
    timer.shutdown();
    long deadline = System.nanoTime() + LONGEST_CALL.toNanos();
    boolean interrupted = false;
    while (!timer.isTerminated() && System.nanoTime() < deadline) {
      try {
        boolean ended = timer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        LOG.trace("the last tick is over: {}", ended);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (!timer.isTerminated()) {
      LOG.warn("a tick takes more than {}", LONGEST_CALL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (wish == null) {
        tick.run();
      }
    } catch (ActivityCompletionException e) {
      wish = e;
    } catch (RuntimeException e) {
      LOG.debug("progress could not be told", e);
    }
    if (wish != null && !closed) {
      stop();
    }
  }

  private void stop() {
    stopped = true;
    try {
      stop.run();
    } catch (RuntimeException e) {
      LOG.warn("the work could not be stopped", e);
    }
  }

  /** Work that blocks. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    /** Does it. */
    T run() throws X;
  }
}
