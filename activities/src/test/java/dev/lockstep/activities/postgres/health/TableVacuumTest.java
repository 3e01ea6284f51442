package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.postgres.health.TableVacuum.Vacuum;
import dev.lockstep.activities.postgres.health.TableVacuum.Which;
import dev.lockstep.definitions.plan.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class TableVacuumTest {
  private static final TableName PEOPLE = new TableName("public", "people");

  private final AtomicLong clock = new AtomicLong();

  private TableVacuum signal(Which which) {
    return new TableVacuum(PEOPLE, which, clock::get);
  }

  private static Optional<String> after(TableVacuum signal, int seconds) {
    return signal.worst(List.of(new Vacuum(7, false, Duration.ofSeconds(seconds))));
  }

  @Test
  void noVacuumIsNoConcern() {
    assertThat(signal(Which.EACH).worst(List.of())).isEmpty();
  }

  @Test
  void aVacuumIsAwaitedForTenMinutes() {
    assertThat(after(signal(Which.EACH), 599))
        .contains("a vacuum of people is under way for 599 s (pid 7), awaited for at most 600 s");
    assertThat(after(signal(Which.EACH), 600)).isEmpty();
  }

  @Test
  void unlessAskedOnlyAnEarlierOneIsAwaited() {
    TableVacuum signal = signal(Which.EARLIER);
    assertThat(after(signal, 1)).isPresent();

    clock.addAndGet(Duration.ofSeconds(30).toNanos());

    assertThat(after(signal, 31)).isPresent();
    assertThat(after(signal, 29)).isEmpty();
  }

  @Test
  void aHiddenVacuumIsHidden() {
    assertThatThrownBy(() -> signal(Which.EACH).worst(List.of(new Vacuum(7, true, Duration.ZERO))))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            "what the vacuum with pid 7 works on is hidden: grant pg_monitor to the role of"
                + " Lockstep");
  }

  @Test
  void aVacuumOfTheTableIsSeenAndOneOfAnotherIsNot() throws SQLException {
    try (SignalFixture fixture = new SignalFixture();
        Connection vacuum = TestServer.connect(fixture.database, "vacuum")) {
      fixture.execute(
          "CREATE TABLE people AS SELECT n, repeat('x', 500) AS x FROM generate_series(1, 20000) n",
          "CREATE TABLE other (n integer)");
      // 10 ms for each page: it lasts until it is cancelled.
      TestServer.execute(vacuum, "SET vacuum_cost_delay = '10ms'; SET vacuum_cost_limit = 1");
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(
              () -> runUntilCancelled(vacuum, "VACUUM (DISABLE_PAGE_SKIPPING) people"));

      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(fixture.concern(signal(Which.EACH)).orElse(""))
                      .startsWith("a vacuum of people is under way for "));
      TableVacuum other = new TableVacuum(new TableName("public", "other"), Which.EACH, clock::get);
      assertThat(fixture.concern(other)).isEmpty();
      assertThatThrownBy(() -> SignalFixture.concern(signal(Which.EACH), fixture.guest()))
          .hasMessageContaining("grant pg_monitor");
      assertThat(
              SignalFixture.concern(
                  new ByDefault(signal(Which.EARLIER), clock::get), fixture.guest()))
          .isEmpty();

      fixture.execute(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'vacuum'");
      assertThat(run).succeedsWithin(Duration.ofSeconds(30));
      assertThat(fixture.concern(signal(Which.EACH))).isEmpty();
    }
  }

  private static void runUntilCancelled(Connection connection, String sql) {
    try {
      TestServer.execute(connection, sql);
    } catch (IllegalStateException e) {
      // It was told to end.
    }
  }
}
