package dev.lockstep.deploy.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * 200 requests a second to the shop, whether or not those before were answered. The time of a
 * request counts from when it was due, so that a stall shows in every request behind it.
 */
final class LiveTraffic implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 200;
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND;

  /** Longer than a request may take. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private final TrafficLog log;
  private final ShopRequests requests;
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final Queue<CompletableFuture<Boolean>> answers = new ConcurrentLinkedQueue<>();
  private final Thread clock = new Thread(this::tick, "traffic");
  private volatile boolean stopping;

  private LiveTraffic(URI shop, ShopTable table, ExpectedRows rows, TrafficLog log) {
    this.log = log;
    this.requests = new ShopRequests(shop, table, rows, executor);
  }

  /**
   * Starts it.
   *
   * @param shop the Service
   */
  static LiveTraffic start(URI shop, ShopTable table, ExpectedRows rows, TrafficLog log) {
    LiveTraffic traffic = new LiveTraffic(shop, table, rows, log);
    traffic.clock.setDaemon(true);
    traffic.clock.start();
    return traffic;
  }

  /** Who answered. */
  ShopRequests requests() {
    return requests;
  }

  private void tick() {
    long due = System.nanoTime();
    while (!stopping) {
      due += INTERVAL_NANOS;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      send(due);
    }
  }

  private void send(long due) {
    String phase = log.phase();
    answers.add(requests.send().handle((wrong, failure) -> answered(phase, due, wrong, failure)));
  }

  private boolean answered(
      String phase, long due, Optional<String> wrong, @Nullable Throwable failure) {
    Duration latency = Duration.ofNanos(System.nanoTime() - due);
    if (failure != null) {
      log.failed(phase, latency, failure.toString());
    } else {
      note(phase, latency, wrong);
    }
    return failure == null;
  }

  private void note(String phase, Duration latency, Optional<String> wrong) {
    if (wrong.isPresent()) {
      log.failed(phase, latency, wrong.get());
    } else {
      log.succeeded(phase, latency);
    }
  }

  /** Sends nothing more and waits for the answers that are due. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    clock.join();
    Awaitility.await()
        .atMost(LAST_ANSWERS)
        .until(() -> answers.stream().allMatch(CompletableFuture::isDone));
    executor.shutdown();
  }
}
