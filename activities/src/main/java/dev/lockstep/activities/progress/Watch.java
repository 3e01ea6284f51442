package dev.lockstep.activities.progress;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an activity live while it waits for a statement, and cancels the statement when the activity
 * shall stop: again at every tick, and never after the work has ended.
 */
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private Watch() {}

  /**
   * Does work that blocks on {@code connection}.
   *
   * @throws io.temporal.client.ActivityCompletionException where the activity had to stop and the
   *     work failed of it
   */
  public static <T, X extends Exception> T over(
      Connection connection, Reporter reporter, KeepAlive.Work<T, X> work) throws X {
    return over(connection, reporter, () -> {}, work);
  }

  /**
   * The same.
   *
   * @param tick called about twice a second from another thread; it must not use {@code
   *     connection}. What it throws is logged, unless it is the wish to stop
   */
  public static <T, X extends Exception> T over(
      Connection connection, Reporter reporter, Runnable tick, KeepAlive.Work<T, X> work) throws X {
    Runnable look =
        () -> {
          reporter.alive();
          tick.run();
        };
    try (KeepAlive alive = new KeepAlive(INTERVAL, look, () -> cancel(connection))) {
      return alive.over(work);
    }
  }

  private static void cancel(Connection connection) {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.warn("a statement could not be cancelled", e);
    }
  }
}
