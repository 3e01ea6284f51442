package dev.lockstep.deploy.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Every request of the traffic, by phase. Safe for many threads. */
final class TrafficLog {
  /** Longer than any request may take; times are kept in microseconds with three digits. */
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(5);

  private static final int DIGITS = 3;
  private static final int MOST_FAILURES = 20;

  private final Map<String, Tally> phases = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private String phase;

  /**
   * Begins.
   *
   * @param phase that requests count for until another one is entered
   */
  TrafficLog(String phase) {
    this.phase = phase;
  }

  /** Requests that are due from now on count for this phase. */
  synchronized void enter(String name) {
    phase = name;
  }

  synchronized String phase() {
    return phase;
  }

  /** A request that was answered rightly, with its time since it was due. */
  synchronized void succeeded(String during, Duration latency) {
    tally(during).record(latency);
  }

  /** A request that failed, or was answered wrongly. */
  synchronized void failed(String during, Duration latency, String why) {
    tally(during).record(latency);
    tally(during).failed++;
    if (failures.size() < MOST_FAILURES) {
      failures.add(during + ", after " + latency.toMillis() + " ms: " + why);
    }
  }

  /** One line a phase, in the order in which they were entered, and one for all of them. */
  synchronized Map<String, Line> lines() {
    Map<String, Line> lines = new LinkedHashMap<>();
    Tally all = new Tally();
    phases.forEach(
        (name, tally) -> {
          lines.put(name, tally.line());
          all.add(tally);
        });
    lines.put("all", all.line());
    return lines;
  }

  /** What was wrong with the first failed requests. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  private Tally tally(String name) {
    return phases.computeIfAbsent(name, it -> new Tally());
  }

  /** Requests and their times, the failed ones included. */
  record Line(long requests, long failed, double p50Millis, double p99Millis, double maxMillis) {}

  private static final class Tally {
    private final Histogram micros = new Histogram(HIGHEST_MICROS, DIGITS);
    private long failed;

    void record(Duration latency) {
      micros.recordValue(Math.min(latency.toNanos() / 1000, HIGHEST_MICROS));
    }

    void add(Tally other) {
      micros.add(other.micros);
      failed += other.failed;
    }

    Line line() {
      return new Line(
          micros.getTotalCount(),
          failed,
          micros.getValueAtPercentile(50) / 1000.0,
          micros.getValueAtPercentile(99) / 1000.0,
          micros.getMaxValue() / 1000.0);
    }
  }
}
