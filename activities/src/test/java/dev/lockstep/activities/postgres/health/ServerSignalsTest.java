package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.postgres.health.ActiveSessions.Count;
import dev.lockstep.activities.postgres.health.ArchiveBacklog.Backlog;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The signals that come from the server itself, on a real one. */
final class ServerSignalsTest {
  private static final ByteCount ONE_MEBIBYTE = ByteCount.ofMebibytes(1);

  private final AtomicLong clock = new AtomicLong();

  @Test
  void aServerWithoutArchiveHasNoBacklog() {
    try (SignalFixture fixture = new SignalFixture()) {
      assertThat(fixture.concern(new ArchiveBacklog(ONE_MEBIBYTE))).isEmpty();
    }
  }

  @Test
  void aBacklogAboveTheLimitIsToldWithBoth() {
    long segment = 16L << 20;
    ByteCount most = ByteCount.ofMebibytes(1024);

    assertThat(new Backlog(64, segment).concern(most)).isEmpty();
    assertThat(new Backlog(80, segment).concern(most))
        .contains("WAL archive is 1.3 GiB (80 segments) behind, limit 1GiB");
  }

  @Test
  void aRoleThatMayNotSeeTheArchiveIsToldWhatItNeeds() {
    try (SignalFixture fixture = new SignalFixture()) {
      HealthSignal asked = new ArchiveBacklog(ONE_MEBIBYTE);

      assertThatThrownBy(() -> SignalFixture.concern(asked, fixture.guest()))
          .isInstanceOf(UnreadableException.class)
          .hasMessageContaining("WAL archive backlog may not be read (SQLSTATE 42501): grant");
      assertThat(SignalFixture.concern(new ByDefault(asked, clock::get), fixture.guest()))
          .isEmpty();
    }
  }

  @Test
  void theLogIsMeasuredBetweenTwoLooks() {
    try (SignalFixture fixture = new SignalFixture()) {
      HealthSignal signal = new WalRate(new ByteRate(ONE_MEBIBYTE), clock::get);
      assertThat(fixture.concern(signal)).isEmpty();

      fixture.execute(
          "CREATE TABLE much AS SELECT repeat(md5(n::text), 20) FROM generate_series(1, 9000) n");
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(fixture.concern(signal).orElseThrow())
          .matches("WAL grows by [0-9.]+ MiB/s, limit 1MiB/s");

      clock.addAndGet(Duration.ofMinutes(10).toNanos());
      assertThat(fixture.concern(signal)).isEmpty();
    }
  }

  @Test
  void aPulseThatIsSlowerThanTheLimitIsToldOf() {
    try (SignalFixture fixture = new SignalFixture()) {
      HealthSignal quick = new CommitLatency(Duration.ofMinutes(1), System::nanoTime);
      HealthSignal slow =
          new CommitLatency(Duration.ofMillis(40), () -> clock.addAndGet(50_000_000));

      assertThat(fixture.concern(quick)).isEmpty();
      assertThat(fixture.concern(quick)).isEmpty();
      assertThat(fixture.concern(slow)).contains("a commit takes 50 ms, limit 40 ms");
      assertThat(slow.readings()).containsExactly(Map.entry("commit latency", 50L));
      assertThat(quick.readings()).containsOnlyKeys("commit latency");
      String beats =
          fixture.jdbi.withHandle(
              handle ->
                  handle.createQuery("SELECT beats FROM lockstep.pulse").mapTo(String.class).one());
      assertThat(beats).isEqualTo("3");
    }
  }

  @Test
  void aPulseThatHasToWaitForItsRowIsNotAwaitedForLong() throws SQLException {
    try (SignalFixture fixture = new SignalFixture();
        Connection other = TestServer.connect(fixture.database, "other")) {
      HealthSignal signal = new CommitLatency(Duration.ofMinutes(1), System::nanoTime);
      assertThat(fixture.concern(signal)).isEmpty();
      TestServer.execute(other, "BEGIN; UPDATE lockstep.pulse SET beats = 0");

      assertThatThrownBy(() -> fixture.concern(signal))
          .isInstanceOf(UnreadableException.class)
          .hasMessage("commit latency was not answered within 1s");
      assertThat(signal.readings()).as("of the look before").isEmpty();
    }
  }

  @Test
  void aRoleThatMayNotWriteHasNoPulse() {
    try (SignalFixture fixture = new SignalFixture()) {
      HealthSignal asked = new CommitLatency(Duration.ofMinutes(1), System::nanoTime);

      assertThatThrownBy(() -> SignalFixture.concern(asked, fixture.guest()))
          .hasMessageContaining("commit latency may not be read (SQLSTATE 42501)");
      assertThat(SignalFixture.concern(new ByDefault(asked, clock::get), fixture.guest()))
          .isEmpty();
    }
  }

  @Test
  void sessionsOfOthersAreCounted() throws SQLException {
    try (SignalFixture fixture = new SignalFixture();
        Connection other = TestServer.connect(fixture.database, "busy")) {
      CompletableFuture<Void> sleep = CompletableFuture.runAsync(() -> sleepUntilCancelled(other));
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(fixture.concern(new ActiveSessions(0)).orElseThrow())
                      .matches("[1-9][0-9]* sessions are active, limit 0"));
      assertThat(fixture.concern(new ActiveSessions(100_000))).isEmpty();
      assertThatThrownBy(() -> SignalFixture.concern(new ActiveSessions(100_000), fixture.guest()))
          .hasMessageMatching(
              "the state of [0-9]+ sessions is hidden: grant pg_monitor to the role of Lockstep");

      fixture.execute(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'busy'");
      assertThat(sleep).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  private static void sleepUntilCancelled(Connection connection) {
    try {
      TestServer.execute(connection, "SELECT pg_sleep(300)");
    } catch (IllegalStateException e) {
      // It was told to end.
    }
  }

  @Test
  void theNumberOfSessionsIsToldWithItsLimit() {
    assertThat(new Count(16, 0).concern(16)).isEqualTo(Optional.empty());
    assertThat(new Count(17, 9).concern(16)).contains("17 sessions are active, limit 16");
  }
}
