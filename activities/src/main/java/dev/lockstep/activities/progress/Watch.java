package dev.lockstep.activities.progress;

import io.temporal.client.ActivityCompletionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an activity live while it waits for a statement, and stops the statement when the activity
 * shall stop.
 *
 * <p>The statement is cancelled again at every tick until the work ends: one cancel may fall
 * between two statements, where it stops nothing.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long TICK_MILLIS = 500;

  private final Connection connection;
  private final Reporter reporter;
  private final Runnable tick;
  private final ScheduledExecutorService timer;
  private final ScheduledFuture<?> looks;
  private volatile @Nullable ActivityCompletionException stop;

  private Watch(Connection connection, Reporter reporter, Runnable tick) {
    this.connection = connection;
    this.reporter = reporter;
    this.tick = tick;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lockstep-watch");
              thread.setDaemon(true);
              return thread;
            });
    this.looks =
        timer.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Does work that blocks on {@code connection}.
   *
   * @throws ActivityCompletionException where the activity had to stop and the work failed of it
   */
  public static <T, X extends Exception> T over(
      Connection connection, Reporter reporter, Work<T, X> work) throws X {
    return over(connection, reporter, () -> {}, work);
  }

  /**
   * The same.
   *
   * @param tick called about twice a second from another thread; it must not use {@code
   *     connection}. What it throws is logged, unless it is the wish to stop
   */
  public static <T, X extends Exception> T over(
      Connection connection, Reporter reporter, Runnable tick, Work<T, X> work) throws X {
    try (Watch watch = new Watch(connection, reporter, tick)) {
      try {
        return work.run();
      } catch (Exception e) {
        @Nullable ActivityCompletionException stop = watch.stop;
        if (stop == null) {
          throw e;
        }
        throw stop;
      }
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
    timer.shutdown();
    try {
      // A cancel that is under way must not hit the next statement of this connection.
      if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("the watch over a statement does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (stop == null) {
        reporter.alive();
        tick.run();
      }
    } catch (ActivityCompletionException e) {
      stop = e;
    } catch (RuntimeException e) {
      LOG.debug("the look at a running statement failed", e);
    }
    if (stop != null) {
      cancel();
    }
  }

  private void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.warn("a statement could not be cancelled", e);
    }
  }

  /** Work that blocks. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    /** Does it. */
    T run() throws X;
  }
}
