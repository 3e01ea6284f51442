package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.LiveLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What clients felt when: a change tells only at its end when its parts began and ended. */
final class Timeline implements AutoCloseable {
  private static final Duration SLICE = Duration.ofMillis(100);

  private final LiveLoad load;
  private final List<Slice> slices = new ArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** Requests that were answered in a short time. */
  private record Slice(Instant middle, LiveLoad.Latencies latencies) {}

  private Timeline(LiveLoad load) {
    this.load = load;
    this.thread = new Thread(this::cut, "timeline");
    thread.setDaemon(true);
  }

  static Timeline of(LiveLoad load) {
    Timeline timeline = new Timeline(load);
    timeline.thread.start();
    return timeline;
  }

  /** What was felt then, to the tenth of a second. */
  LiveLoad.Latencies during(Span span) {
    Histogram micros = new Histogram(3);
    Map<String, Long> failures = new HashMap<>();
    for (Slice slice : copy()) {
      if (span.holds(slice.middle)) {
        micros.add(slice.latencies.micros());
        slice.latencies.failures().forEach((reason, n) -> failures.merge(reason, n, Long::sum));
      }
    }
    return new LiveLoad.Latencies(micros.getTotalCount(), failures, micros);
  }

  private void cut() {
    while (running) {
      Instant start = Instant.now();
      LockSupport.parkNanos(SLICE.toNanos());
      LiveLoad.Latencies latencies = load.take();
      Instant middle = start.plus(Duration.between(start, Instant.now()).dividedBy(2));
      synchronized (slices) {
        slices.add(new Slice(middle, latencies));
      }
    }
  }

  private List<Slice> copy() {
    synchronized (slices) {
      return List.copyOf(slices);
    }
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
  }
}
