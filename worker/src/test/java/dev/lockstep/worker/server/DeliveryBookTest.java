package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.Subject;
import dev.lockstep.worker.server.Delivery.Settled;
import dev.lockstep.worker.server.DeliveryBook.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryBookTest {
  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path folder = Path.of("");

  private DeliveryBook open(Instant now, int limit) throws IOException {
    return DeliveryBook.open(folder, limit, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Delivery delivery(String key, String bound) {
    return new Delivery(
        key,
        Optional.of(bound),
        "body",
        "t",
        new Subject(Subject.Kind.BACKUP, "b"),
        new TreeMap<>(Map.of("tag", "1")),
        Optional.of(new Delivery.Commit("shop/web", "0123")),
        NOW);
  }

  private static Entry offer(DeliveryBook book, String key) {
    Entry entry = book.offer(delivery(key, key)).orElseThrow().entry();
    entry.kept().join();
    return entry;
  }

  private static List<String> keys(List<Entry> entries) {
    return entries.stream().map(entry -> entry.delivery().key()).toList();
  }

  @Test
  void theSameIdOrTheSameSignedBodyIsOneDelivery() throws IOException {
    try (DeliveryBook book = open(NOW, 10)) {
      Entry first = book.offer(delivery("1", "x")).orElseThrow().entry();

      assertThat(book.offer(delivery("1", "x")).orElseThrow())
          .isEqualTo(new DeliveryBook.Taken(first, true));
      assertThat(book.offer(delivery("2", "x")).orElseThrow())
          .isEqualTo(new DeliveryBook.Taken(first, true));
      assertThat(book.offer(delivery("3", "y")).orElseThrow().duplicate()).isFalse();
      assertThat(book.waiting()).isEqualTo(2);
    }
  }

  @Test
  void whatWaitsIsThereAfterACrashInItsOrderAndWhatIsSettledStaysKnown() throws Exception {
    try (DeliveryBook book = open(NOW, 10)) {
      Entry first = offer(book, "1");
      offer(book, "2");
      offer(book, "3");
      book.settle(first, new Settled("1", Optional.of("run-1"), Optional.empty()));
    }
    // Half a line, as a process leaves it that dies while it writes.
    Files.writeString(
        folder.resolve("deliveries.jsonl"), "{\"accepted\":{\"key\"", StandardOpenOption.APPEND);

    try (DeliveryBook book = open(NOW, 10)) {
      assertThat(keys(book.await(SOON, 10, any -> true))).containsExactly("2", "3");
      DeliveryBook.Taken again = book.offer(delivery("1", "1")).orElseThrow();
      assertThat(again.duplicate()).isTrue();
      assertThat(again.entry().settled().join().runId()).contains("run-1");
      offer(book, "4");
    }
    try (DeliveryBook book = open(NOW, 10)) {
      assertThat(keys(book.await(SOON, 10, any -> true))).containsExactly("2", "3", "4");
    }
  }

  @Test
  void aBrokenLineInTheMiddleIsNotPassedOver() throws IOException {
    Files.writeString(folder.resolve("deliveries.jsonl"), "nonsense\n{}\n", StandardCharsets.UTF_8);

    assertThatThrownBy(() -> open(NOW, 10)).hasMessageContaining("line 1 of");
    // Not "another server uses the queue".
    assertThatThrownBy(() -> open(NOW, 10)).hasMessageContaining("line 1 of");
  }

  @Test
  void nobodyLearnsOfARunThatTheDiskDoesNotKnow() throws IOException {
    try (DeliveryBook book = open(NOW, 10)) {
      Entry entry = offer(book, "1");
      CompletableFuture<String> file =
          entry.settled().thenApply(settled -> read(folder.resolve("deliveries.jsonl")));
      book.settle(entry, new Settled("1", Optional.of("run-1"), Optional.empty()));

      assertThat(file.join()).contains("run-1");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noMoreWaitThanMay() throws IOException {
    try (DeliveryBook book = open(NOW, 2)) {
      Entry first = offer(book, "1");
      offer(book, "2");
      assertThat(book.offer(delivery("3", "3"))).isEmpty();

      book.settle(first, new Settled("1", Optional.of("r"), Optional.empty()));
      assertThat(book.offer(delivery("3", "3"))).isPresent();
    }
  }

  @Test
  void whatIsSettledIsForgottenAfterAWeekAndWhatWaitsNever() throws Exception {
    try (DeliveryBook book = open(NOW, 10)) {
      Entry first = offer(book, "1");
      book.settle(first, new Settled("1", Optional.of("r"), Optional.empty()));
      book.reported(first);
      offer(book, "2");
      Entry untold = offer(book, "3");
      book.settle(untold, new Settled("3", Optional.of("r"), Optional.empty()));
    }
    try (DeliveryBook book = open(NOW.plus(Duration.ofDays(8)), 10)) {
      assertThat(book.offer(delivery("1", "1")).orElseThrow().duplicate()).isFalse();
      assertThat(book.offer(delivery("3", "3")).orElseThrow().duplicate()).isTrue();
      assertThat(keys(book.await(SOON, 1, any -> true))).containsExactly("2");
    }
  }

  @Test
  void aQueueBelongsToOneServer() throws IOException {
    try (DeliveryBook book = open(NOW, 10)) {
      assertThat(book.waiting()).isZero();
      assertThatThrownBy(() -> open(NOW, 10)).hasMessageContaining("another server");
    }
  }

  @Test
  void whatWasNotToldBesideItsCommitIsToldAfterARestart() throws Exception {
    try (DeliveryBook book = open(NOW, 10)) {
      for (String key : List.of("1", "2")) {
        Entry entry = offer(book, key);
        book.settle(entry, new Settled(key, Optional.of("run-" + key), Optional.empty()));
        entry.settled().join();
      }
      book.reported(book.unreported().get(0));
      assertThat(keys(book.unreported())).containsExactly("2");
    }
    try (DeliveryBook again = open(NOW, 10)) {
      assertThat(keys(again.unreported())).containsExactly("2");
      assertThat(again.unreported().get(0).settled().join().runId()).contains("run-2");
    }
    try (DeliveryBook rewritten = open(NOW, 10)) {
      assertThat(keys(rewritten.unreported())).containsExactly("2");
    }
  }
}
