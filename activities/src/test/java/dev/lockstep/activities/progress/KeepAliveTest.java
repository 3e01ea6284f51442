package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeepAliveTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RecordingReporter reporter = new RecordingReporter();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @Test
  void theActivityLivesWhileItsWorkBlocks() {
    AtomicInteger stops = new AtomicInteger();
    try (KeepAlive alive = new KeepAlive(SOON, reporter::alive, stops::incrementAndGet)) {
      Awaitility.await().atMost(PATIENCE).until(() -> reporter.beats() > 3);
      assertThat(alive.isStopped()).isFalse();
      assertThatCode(alive::check).doesNotThrowAnyException();
    }
    assertThat(stops).hasValue(0);
  }

  /** As a cancel does that comes when the server has nothing to do for the moment. */
  @Test
  void aStopThatFallsBetweenTwoStatementsIsMadeAgain() {
    Semaphore statement = new Semaphore(0);
    CountDownLatch between = new CountDownLatch(2);
    AtomicReference<@Nullable Thread> running = new AtomicReference<>();
    Runnable stop =
        () -> {
          between.countDown();
          @Nullable Thread thread = running.get();
          if (thread != null) {
            statement.release();
          }
        };
    reporter.cancel();
    try (KeepAlive alive = new KeepAlive(SOON, reporter::alive, stop)) {
      assertThatThrownBy(
              () ->
                  alive.over(
                      () -> {
                        between.await();
                        running.set(Thread.currentThread());
                        statement.acquire();
                        throw new IOException("the statement was cancelled");
                      }))
          .isInstanceOf(ActivityCanceledException.class);
    }
    assertThat(reporter.beats()).as("nobody is asked again").isEqualTo(1);
  }

  @Test
  void nothingIsStoppedAfterTheEnd() throws Exception {
    AtomicInteger stops = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Runnable stop =
        () -> {
          begun.countDown();
          stops.incrementAndGet();
          awaitQuietly(goOn);
          ended.incrementAndGet();
        };
    reporter.cancel();
    KeepAlive alive = new KeepAlive(SOON, reporter::alive, stop);
    begun.await();

    Future<Integer> atTheEnd =
        other.submit(
            () -> {
              // Not even then is a stop that is under way left behind.
              Thread.currentThread().interrupt();
              alive.close();
              assertThat(Thread.interrupted()).isTrue();
              return ended.get();
            });
    assertThatThrownBy(() -> atTheEnd.get(100, TimeUnit.MILLISECONDS))
        .as("the stop under way is waited for")
        .isInstanceOf(TimeoutException.class);
    goOn.countDown();

    assertThat(atTheEnd.get()).isEqualTo(1);
    assertThat(stops).hasValue(1);
    Awaitility.await()
        .during(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .until(() -> stops.get() == 1);
  }

  @Test
  void theWishThatComesInTheLastTickStopsNothing() throws Exception {
    AtomicInteger stops = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Runnable tick =
        () -> {
          begun.countDown();
          awaitQuietly(goOn);
          throw new ActivityCanceledException();
        };
    KeepAlive alive = new KeepAlive(SOON, tick, stops::incrementAndGet);
    begun.await();
    Future<?> close = other.submit(alive::close);
    assertThatThrownBy(() -> close.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    goOn.countDown();
    close.get();
    assertThat(stops).hasValue(0);
  }

  @Test
  void aTickThatThrowsDisturbsNothing() {
    AtomicInteger ticks = new AtomicInteger();
    AtomicInteger stops = new AtomicInteger();
    Runnable tick =
        () -> {
          if (ticks.incrementAndGet() < 4) {
            throw new IllegalStateException("the run does not answer");
          }
          throw new ActivityCanceledException();
        };
    Runnable stop =
        () -> {
          stops.incrementAndGet();
          throw new IllegalStateException("it does not stop");
        };
    try (KeepAlive alive = new KeepAlive(SOON, tick, stop)) {
      Awaitility.await().atMost(PATIENCE).until(() -> stops.get() > 2);
      assertThat(ticks).as("until the wish").hasValue(4);
      assertThatThrownBy(alive::check).isInstanceOf(ActivityCanceledException.class);
    }
  }

  @Test
  void workThatSucceedsAllTheSameHasSucceeded() {
    reporter.cancel();
    try (KeepAlive alive = new KeepAlive(SOON, reporter::alive, () -> {})) {
      int done =
          alive.over(
              () -> {
                Awaitility.await().atMost(PATIENCE).until(alive::isStopped);
                return 7;
              });
      assertThat(done).isEqualTo(7);
    }
  }

  @Test
  void aFailureGoesThroughAsItIs() {
    IOException failure = new IOException("the disk is full");
    assertThatThrownBy(
            () ->
                KeepAlive.interrupting(
                    reporter::alive,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(reporter.beats()).as("before the work").isEqualTo(1);
  }

  @Test
  void anActivityThatMustStopAlreadyBeginsNothing() {
    reporter.cancel();
    AtomicInteger work = new AtomicInteger();
    assertThatThrownBy(() -> KeepAlive.interrupting(reporter::alive, work::incrementAndGet))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(work).hasValue(0);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void workIsInterruptedAgainWhereItSwallowsThat() {
    AtomicInteger swallowed = new AtomicInteger();
    assertThatThrownBy(
            () ->
                KeepAlive.interrupting(
                    reporter::alive,
                    () -> {
                      reporter.cancel();
                      while (swallowed.get() < 2) {
                        try {
                          new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                          swallowed.incrementAndGet();
                        }
                      }
                      throw new IOException("interrupted");
                    }))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(swallowed).hasValue(2);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptionThatNobodyNoticedDoesNotOutlastTheWork() {
    Thread worker = Thread.currentThread();
    boolean interrupted =
        KeepAlive.interrupting(
            reporter::alive,
            () -> {
              reporter.cancel();
              long deadline = System.nanoTime() + PATIENCE.toNanos();
              while (!worker.isInterrupted() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
              }
              return worker.isInterrupted();
            });
    assertThat(interrupted).isTrue();
    assertThat(worker.isInterrupted()).isFalse();
  }

  @Test
  void anInterruptionBySomebodyElseStays() {
    boolean done =
        KeepAlive.interrupting(
            reporter::alive,
            () -> {
              Thread.currentThread().interrupt();
              return true;
            });
    assertThat(done).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
