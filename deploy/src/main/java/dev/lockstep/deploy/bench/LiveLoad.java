package dev.lockstep.deploy.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Clients of a table: 200 requests a second on 4 connections. A request is due at its time whether
 * or not the one before has ended, and its latency counts from when it was due. None is sent again.
 */
public final class LiveLoad implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int REQUESTS_PER_SECOND = 200;
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final Jdbi jdbi;
  private final Requests requests;
  private final List<Thread> threads = new ArrayList<>();
  private volatile Map<String, Long> failures = counts();
  private volatile Histogram micros = histogram();
  private volatile boolean running = true;

  /**
   * What was felt in a time.
   *
   * @param failures how often for each reason
   */
  public record Latencies(long requests, Map<String, Long> failures, Histogram micros) {
    public Latencies {
      failures = Map.copyOf(failures);
    }

    public long failed() {
      return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The latency that so many of a hundred requests did not exceed. */
    public double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  private LiveLoad(Jdbi jdbi, Requests requests) {
    this.jdbi = jdbi;
    this.requests = requests;
  }

  /** Starts the clients. */
  public static LiveLoad start(Jdbi jdbi, Requests requests) {
    LiveLoad load = new LiveLoad(jdbi, requests);
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
  public Latencies take() {
    Histogram taken = micros;
    Map<String, Long> failed = failures;
    micros = histogram();
    failures = counts();
    return new Latencies(taken.getTotalCount(), failed, taken.copy());
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
    try {
      requests.send(connection, random);
    } catch (SQLException e) {
      failures.merge(reason(e), 1L, Long::sum);
    }
  }

  /** Without the details, which name the row. */
  private static String reason(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " " + e.getSQLState();
  }

  private static Map<String, Long> counts() {
    return new ConcurrentHashMap<>();
  }

  private static Histogram histogram() {
    return new SynchronizedHistogram(HIGHEST_MICROS, 3);
  }
}
