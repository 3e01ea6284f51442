package dev.lockstep.deploy.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at the rows that a backfill has committed, and for how long none were added. */
final class BackfillWatch implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 50;

  private final LabDatabase database;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looks;
  private volatile long rows;
  private volatile long longestStallNanos;
  private long changedAt = System.nanoTime();

  private BackfillWatch(LabDatabase database) {
    this.database = database;
    this.looks =
        clock.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  static BackfillWatch start(LabDatabase database) {
    return new BackfillWatch(database);
  }

  /** Rows filled so far. */
  long rows() {
    return rows;
  }

  /** From one new batch to the next at most; the time before the first one does not count. */
  Duration longestStall() {
    return Duration.ofNanos(longestStallNanos);
  }

  private void look() {
    try {
      long now = database.backfilled();
      if (now > rows) {
        long stall = System.nanoTime() - changedAt;
        longestStallNanos = rows == 0 ? 0 : Math.max(longestStallNanos, stall);
        changedAt = System.nanoTime();
        rows = now;
      }
    } catch (SQLException e) {
      // The database is away; the next look may find it.
    }
  }

  @Override
  public void close() throws InterruptedException {
    looks.cancel(false);
    clock.shutdown();
    clock.awaitTermination(1, TimeUnit.MINUTES);
  }
}
