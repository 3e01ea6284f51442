package dev.lockstep.worker.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Every request of every client, by phase of the run and by second. Safe for many threads. */
final class Traffic {
  /** Latencies are kept in microseconds with three digits. */
  private static final int DIGITS = 3;

  private static final int MAX_FAULTS = 10;

  private final Instant started = Instant.now();
  private final Map<String, Tally> phases = new LinkedHashMap<>();
  private final List<Tally> seconds = new ArrayList<>();
  private final Tally all = new Tally();
  private final List<String> faults = new ArrayList<>();
  private String phase = "before";

  /** Requests count for this phase from now on. */
  synchronized void enter(String name) {
    phase = name;
  }

  /** A request that was answered rightly, with its time since it was due. */
  synchronized void succeeded(Duration latency) {
    tallies().forEach(tally -> tally.latencies.recordValue(latency.toNanos() / 1000));
  }

  /** A request that failed, or was answered wrongly. */
  synchronized void failed(String why) {
    tallies().forEach(tally -> tally.failed++);
    if (faults.size() < MAX_FAULTS) {
      faults.add(phase + ": " + why);
    }
  }

  private List<Tally> tallies() {
    int second = (int) Duration.between(started, Instant.now()).toSeconds();
    while (seconds.size() <= second) {
      seconds.add(new Tally());
    }
    return List.of(all, phases.computeIfAbsent(phase, name -> new Tally()), seconds.get(second));
  }

  synchronized Summary summary() {
    return all.summary();
  }

  synchronized Map<String, Summary> byPhase() {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    phases.forEach((name, tally) -> summaries.put(name, tally.summary()));
    return summaries;
  }

  /** One entry a second since the traffic began. */
  synchronized List<Summary> bySecond() {
    return seconds.stream().map(Tally::summary).toList();
  }

  /** The first few failures, for people. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  Instant started() {
    return started;
  }

  /** Requests and their times; times are of the right answers. */
  record Summary(
      long requests, long failed, double p50Millis, double p99Millis, double maxMillis) {}

  private static final class Tally {
    private final Histogram latencies = new Histogram(DIGITS);
    private long failed;

    Summary summary() {
      return new Summary(
          latencies.getTotalCount() + failed,
          failed,
          latencies.getValueAtPercentile(50) / 1000.0,
          latencies.getValueAtPercentile(99) / 1000.0,
          latencies.getMaxValue() / 1000.0);
    }
  }
}
