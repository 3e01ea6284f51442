package dev.lockstep.deploy.bench.rivals;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * The longest waits for a lock, by looking again and again on a connection of its own: up to one
 * interval may be missing at the end of each, and shorter ones may be missed. Whether anybody waits
 * is read without the lock table, so that looking costs the server little. PostgreSQL 14 or later.
 */
final class LockWaits implements AutoCloseable {
  /** From one look to the next. */
  static final Duration INTERVAL = Duration.ofMillis(15);

  private static final String ANYBODY =
      "SELECT EXISTS (SELECT FROM pg_stat_activity"
          + " WHERE wait_event_type = 'Lock' AND datname = current_database()"
          + " AND backend_type = 'client backend')";
  private static final String LONGEST =
      "SELECT a.application_name = :clients AS clients,"
          + " max(extract(epoch FROM clock_timestamp() - l.waitstart) * 1e9)::bigint AS nanos"
          + " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
          + " WHERE NOT l.granted AND l.waitstart IS NOT NULL AND a.datname = current_database()"
          + " AND a.backend_type = 'client backend' GROUP BY 1";

  private final Handle handle;
  private final String clients;
  private final Thread thread;
  private Longest longest = Longest.NONE;
  private volatile boolean running = true;

  /** The longest wait of a client and of whoever else was connected. */
  record Longest(Duration clients, Duration tool) {
    static final Longest NONE = new Longest(Duration.ZERO, Duration.ZERO);

    Longest with(Longest other) {
      return new Longest(max(clients, other.clients), max(tool, other.tool));
    }

    private static Duration max(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? other : one;
    }
  }

  private LockWaits(Target target, String clients) {
    this.handle = target.sessions("bench-locks").open();
    this.clients = clients;
    this.thread = new Thread(this::look, "lock-waits");
    thread.setDaemon(true);
  }

  /**
   * Starts to look.
   *
   * @param clients under which name the clients' sessions run
   */
  static LockWaits start(Target target, String clients) {
    LockWaits waits = new LockWaits(target, clients);
    waits.thread.start();
    return waits;
  }

  /** What was seen since the last call. */
  synchronized Longest take() {
    Longest taken = longest;
    longest = Longest.NONE;
    return taken;
  }

  private synchronized void note(Longest now) {
    longest = longest.with(now);
  }

  private void look() {
    while (running) {
      long next = System.nanoTime() + INTERVAL.toNanos();
      if (handle.createQuery(ANYBODY).mapTo(Boolean.class).one()) {
        note(waits());
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private Longest waits() {
    Map<Boolean, Duration> waits =
        handle
            .createQuery(LONGEST)
            .bind("clients", clients)
            .reduceRows(
                new HashMap<Boolean, Duration>(),
                (all, row) -> {
                  all.put(
                      row.getColumn("clients", Boolean.class),
                      Duration.ofNanos(row.getColumn("nanos", Long.class)));
                  return all;
                });
    return new Longest(
        waits.getOrDefault(true, Duration.ZERO), waits.getOrDefault(false, Duration.ZERO));
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
    handle.close();
  }
}
