package dev.lockstep.deploy.bench.rivals;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * The longest time for which a table was locked against reads and writes, by looking again and
 * again: up to one interval may be missing at each end.
 */
final class ExclusiveLock implements AutoCloseable {
  /** From one look to the next. */
  static final Duration INTERVAL = Duration.ofMillis(2);

  private static final String LOCKED =
      "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = '%s'::regclass".formatted(Target.TABLE)
          + " AND mode = 'AccessExclusiveLock' AND granted)";

  private final Handle handle;
  private final Thread thread;
  private Duration longest = Duration.ZERO;
  private volatile boolean running = true;

  private ExclusiveLock(Target target) {
    this.handle = target.sessions("bench-exclusive").open();
    this.thread = new Thread(this::look, "exclusive-lock");
    thread.setDaemon(true);
  }

  /** Starts to look. */
  static ExclusiveLock start(Target target) {
    ExclusiveLock lock = new ExclusiveLock(target);
    lock.thread.start();
    return lock;
  }

  /** What was seen since the last call. */
  synchronized Duration take() {
    Duration taken = longest;
    longest = Duration.ZERO;
    return taken;
  }

  private synchronized void note(Duration seen) {
    longest = longest.compareTo(seen) < 0 ? seen : longest;
  }

  private void look() {
    long since = 0;
    boolean before = false;
    while (running) {
      long began = System.nanoTime();
      boolean locked = handle.createQuery(LOCKED).mapTo(Boolean.class).one();
      long now = System.nanoTime();
      if (locked) {
        since = before ? since : began;
        note(Duration.ofNanos(now - since));
      }
      before = locked;
      LockSupport.parkNanos(began + INTERVAL.toNanos() - now);
    }
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
    handle.close();
  }
}
