package dev.lockstep.deploy.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * One client that repeats a statement on a connection of its own and notes every failure. A request
 * is due every 5 milliseconds: without a pace two clients would take both cores of a small machine,
 * and the test would measure that. Its time counts from when it was due, so that a stall shows in
 * every request behind it.
 */
final class Traffic implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(5);
  private static final long HIGHEST_MICROS = Duration.ofMinutes(5).toNanos() / 1000;

  private final AtomicLong requests = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile Histogram micros = histogram();
  private volatile boolean stopped;

  private Traffic(Server server, String database, String name, Statements statements) {
    this.thread = new Thread(() -> repeat(server, database, name, statements), name);
    thread.start();
  }

  /** What a client says next. */
  interface Statements {
    /** The statement of its n-th request, from 1. */
    String next(long request);
  }

  static Traffic start(Server server, String database, String name, Statements statements) {
    return new Traffic(server, database, name, statements);
  }

  /** Requests that were answered. */
  long requests() {
    return requests.get();
  }

  List<String> failures() {
    return failures;
  }

  /** The times of the requests since the last call, for people. */
  String takeLatencies() {
    Histogram taken = micros;
    micros = histogram();
    return "%d requests, p50 %.1f ms, p99 %.1f ms, slowest %.1f ms"
        .formatted(
            taken.getTotalCount(),
            taken.getValueAtPercentile(50) / 1000.0,
            taken.getValueAtPercentile(99) / 1000.0,
            taken.getMaxValue() / 1000.0);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  private void repeat(Server server, String database, String name, Statements statements) {
    try (Connection connection = server.connect(database, name);
        Statement statement = connection.createStatement()) {
      long due = System.nanoTime();
      while (!stopped) {
        due += EVERY.toNanos();
        LockSupport.parkNanos(due - System.nanoTime());
        request(statement, statements.next(requests.get() + 1));
        micros.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1000));
      }
    } catch (SQLException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  private void request(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      failures.add(sql + ": " + e.getMessage());
    }
    requests.incrementAndGet();
  }

  private static Histogram histogram() {
    return new SynchronizedHistogram(HIGHEST_MICROS, 3);
  }
}
