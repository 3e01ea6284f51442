package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.health.Health;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Looks at the database's health in a thread of its own. A look may hang for longer than an
 * activity may be silent, as a commit does on a disk that has stalled: exactly then the work has to
 * wait, and somebody has to say so.
 */
final class Lookout implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final Health health;
  private final Jdbi jdbi;
  private final CountDownLatch looked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "lockstep-health");

  private Lookout(Health health, Jdbi jdbi) {
    this.health = health;
    this.jdbi = jdbi;
  }

  /** Begins to look; no thread where there is nothing to look at. */
  static Lookout over(Health health, Jdbi jdbi) {
    Lookout lookout = new Lookout(health, jdbi);
    if (health.hasSignals()) {
      lookout.thread.setDaemon(true);
      lookout.thread.start();
    } else {
      lookout.looked.countDown();
    }
    return lookout;
  }

  /** Whether the first look is over, for which it waits that long. */
  boolean hasLooked(long millis) throws InterruptedException {
    return looked.await(millis, TimeUnit.MILLISECONDS);
  }

  /** A look that hangs is left behind: nothing breaks it off, and it only reads or adds one row. */
  @Override
  public void close() {
    ended.countDown();
    thread.interrupt();
  }

  private void watch() {
    try {
      do {
        health.look(jdbi);
        looked.countDown();
      } while (!ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      looked.countDown();
    }
  }
}
