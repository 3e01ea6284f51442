package dev.lockstep.deploy.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Clients of the table: 200 requests a second on 4 connections, half of them reads by key, the
 * others updates of a name, updates of a counter, and inserts. A request is due at its time whether
 * or not the one before has ended, and its latency counts from when it was due.
 */
final class LiveLoad implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int REQUESTS_PER_SECOND = 200;
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private static final String READ =
      "SELECT first_name, last_name FROM lockstep_bench.customers WHERE id = ?";
  private static final String RENAME =
      "UPDATE lockstep_bench.customers SET last_name = 'l' || ? WHERE id = ?";
  private static final String COUNT =
      "UPDATE lockstep_bench.customers SET visits = visits + 1 WHERE id = ?";
  private static final String INSERT =
      "INSERT INTO lockstep_bench.customers (first_name, last_name) VALUES ('f' || ?, 'l')";

  private final Jdbi jdbi;
  private final int rows;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong failed = new AtomicLong();
  private volatile Histogram micros = histogram();
  private volatile boolean running = true;

  /** Latencies of a time. */
  record Latencies(long requests, long failed, Histogram micros) {
    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  private LiveLoad(Jdbi jdbi, int rows) {
    this.jdbi = jdbi;
    this.rows = rows;
  }

  /** Starts the clients. */
  static LiveLoad start(Jdbi jdbi, int rows) {
    LiveLoad load = new LiveLoad(jdbi, rows);
    for (int number = 0; number < CONNECTIONS; number++) {
      Random random = new Random(number);
      Thread thread = new Thread(() -> load.run(random), "live-" + number);
      thread.setDaemon(true);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  /** What was felt since the last call. */
  Latencies take() {
    Histogram taken = micros;
    micros = histogram();
    return new Latencies(taken.getTotalCount(), failed.getAndSet(0), taken.copy());
  }

  @Override
  public void close() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run(Random random) {
    long interval = TimeUnit.SECONDS.toNanos(CONNECTIONS) / REQUESTS_PER_SECOND;
    try (Handle handle = jdbi.open()) {
      long due = System.nanoTime() + (long) (random.nextDouble() * interval);
      while (running) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        request(handle.getConnection(), random);
        long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
        micros.recordValue(Math.min(took, HIGHEST_MICROS));
        due += interval;
      }
    }
  }

  private void request(Connection connection, Random random) {
    int kind = random.nextInt(10);
    long id = 1L + random.nextInt(rows);
    try {
      if (kind < 5) {
        execute(connection, READ, id);
      } else if (kind < 7) {
        execute(connection, RENAME, id, id);
      } else if (kind < 9) {
        execute(connection, COUNT, id);
      } else {
        execute(connection, INSERT, id);
      }
    } catch (SQLException e) {
      failed.incrementAndGet();
    }
  }

  private static void execute(Connection connection, String sql, long... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.length; at++) {
        statement.setLong(at + 1, values[at]);
      }
      statement.execute();
    }
  }

  private static Histogram histogram() {
    return new SynchronizedHistogram(HIGHEST_MICROS, 3);
  }
}
