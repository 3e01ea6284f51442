package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class LatestSenderTest {
  @Test
  void ofWhatPilesUpOnlyTheLatestIsSent() {
    CountDownLatch slow = new CountDownLatch(1);
    List<Integer> sent = new CopyOnWriteArrayList<>();
    LatestSender<Integer> sender =
        new LatestSender<>(
            value -> {
              sent.add(value);
              await(slow);
            });
    sender.send(1);
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> sent.contains(1));
    sender.send(2);
    sender.send(3);
    slow.countDown();

    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> sent.contains(3));
    assertThat(sent).containsExactly(1, 3);
  }

  @Test
  void whatCannotBeSentIsDropped() {
    List<Integer> sent = new CopyOnWriteArrayList<>();
    LatestSender<Integer> sender =
        new LatestSender<>(
            value -> {
              sent.add(value);
              if (value == 1) {
                throw new IllegalStateException("no server");
              }
            });
    sender.send(1);
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> sent.contains(1));
    sender.send(2);

    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> sent.contains(2));
    assertThat(sent).containsExactly(1, 2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
