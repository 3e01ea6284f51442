package dev.lockstep.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ModestThreadsTest {
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void end() {
    ended.countDown();
  }

  @Test
  void threadsOfTheEngineGiveWayAndThoseThatWorkOnADatabaseDoNot() {
    List<Thread> engine =
        threads("grpc-default-executor-7", "workflow-method-x", "Workflow Poller taskQueue: 1");
    List<Thread> work = threads("lockstep-rows-1", "Activity Executor: 1", "Activity Poller: 1");

    try (ModestThreads modest = ModestThreads.begin()) {
      await().atMost(Duration.ofSeconds(10)).until(() -> allHave(engine, Thread.MIN_PRIORITY));
      List<Thread> later = threads("grpc-default-executor-8");
      await().atMost(Duration.ofSeconds(10)).until(() -> allHave(later, Thread.MIN_PRIORITY));
    }

    assertThat(work).allMatch(thread -> thread.getPriority() == Thread.NORM_PRIORITY);
  }

  private List<Thread> threads(String... names) {
    return Stream.of(names).map(this::thread).toList();
  }

  private Thread thread(String name) {
    Thread thread = new Thread(this::waitForTheEnd, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void waitForTheEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean allHave(List<Thread> threads, int priority) {
    return threads.stream().allMatch(thread -> thread.getPriority() == priority);
  }
}
