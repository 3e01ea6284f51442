package dev.lockstep.worker.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the threads of an engine in this process give way to everybody else on the machine, above
 * all to a database there and its clients: in a short run the engine's code is not compiled yet,
 * and each of its tasks keeps a processor for some ten milliseconds.
 *
 * <ol>
 *   <li>Threads that work on a database are not among them, since a lock may wait for their next
 *       statement, nor is any thread that makes those: a new thread begins with the priority of its
 *       maker, which who is not root cannot raise.
 *   <li>Most of the threads are made by libraries that ask nobody for a priority, so they are found
 *       by their names.
 *   <li>What Java's least priority means to the system is said by the launcher.
 * </ol>
 */
public final class ModestThreads implements AutoCloseable {
  private static final long PAUSE_MILLIS = 250;

  /** Of gRPC, of the SDK's workflow side, and of the test server. */
  private static final List<String> NAMES =
      List.of("grpc-", "workflow-", "Workflow ", "TemporalActivityHeartbeat", "SelfAdvancingTimer");

  private final CountDownLatch closed = new CountDownLatch(1);

  private ModestThreads() {}

  /** Begins to look for such threads, and goes on until it is closed. */
  public static ModestThreads begin() {
    ModestThreads modest = new ModestThreads();
    Thread thread = new Thread(modest::watch, "modest-threads");
    thread.setDaemon(true);
    thread.start();
    return modest;
  }

  private void watch() {
    try {
      do {
        look();
      } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    Thread[] found = new Thread[2 * all.activeCount() + 16];
    all.enumerate(found);
    Arrays.stream(found)
        .filter(Objects::nonNull)
        .filter(thread -> isModest(thread.getName()))
        .forEach(ModestThreads::lower);
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it, all works without priorities
  private static void lower(Thread thread) {
    if (thread.getPriority() > Thread.MIN_PRIORITY) {
      thread.setPriority(Thread.MIN_PRIORITY);
    }
  }

  private static boolean isModest(String name) {
    return NAMES.stream().anyMatch(name::startsWith);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
