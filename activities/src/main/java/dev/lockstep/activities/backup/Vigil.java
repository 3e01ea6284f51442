package dev.lockstep.activities.backup;

import dev.lockstep.activities.progress.Reporter;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an activity live while its thread waits for a store or a database, and interrupts that
 * thread, at every tick until the work ends, when the activity shall stop.
 */
final class Vigil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);
  private static final long TICK_MILLIS = 250;

  private final Reporter reporter;
  private final Consumer<Reporter> tick;
  private final Thread worker = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private volatile @Nullable ActivityCompletionException stop;
  private boolean over;

  private Vigil(Reporter reporter, Consumer<Reporter> tick) {
    this.reporter = reporter;
    this.tick = tick;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lockstep-vigil");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does work in this thread.
   *
   * @param tick called several times a second from another thread, to say that the activity lives
   * @throws ActivityCompletionException where the activity had to stop and the work failed of it
   */
  static <T> T over(Reporter reporter, Consumer<Reporter> tick, Supplier<T> work) {
    try (Vigil vigil = new Vigil(reporter, tick)) {
      try {
        vigil.begin();
        return work.get();
      } catch (RuntimeException e) {
        @Nullable ActivityCompletionException stop = vigil.stop;
        throw stop == null || e == stop ? e : stop;
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      over = true;
    }
    if (stop != null) {
      // It was this vigil that interrupted; the thread goes back to its pool.
      boolean ours = Thread.interrupted();
      LOG.debug("the activity stopped, interrupted: {}", ours);
    }
  }

  private void begin() {
    tick.accept(reporter);
    var looks =
        timer.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    LOG.trace("looks {}", looks);
  }

  private void look() {
    try {
      if (stop == null) {
        tick.accept(reporter);
      }
    } catch (ActivityCompletionException e) {
      stop = e;
    } catch (RuntimeException e) {
      LOG.debug("progress could not be told", e);
    }
    if (stop != null) {
      interrupt();
    }
  }

  private synchronized void interrupt() {
    if (!over) {
      worker.interrupt();
    }
  }
}
