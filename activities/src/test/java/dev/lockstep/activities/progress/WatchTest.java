package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.Database;
import io.temporal.client.ActivityCanceledException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchTest {
  private final RecordingReporter reporter = new RecordingReporter();
  private final Database database = TestServer.newDatabase();
  private final Connection connection = TestServer.connect(database, "watched");

  @AfterEach
  void close() throws SQLException {
    connection.close();
    TestServer.drop(database);
  }

  @Test
  void aStatementIsStoppedWithItsActivity() throws SQLException {
    reporter.cancel();

    assertThatThrownBy(() -> Watch.over(connection, reporter, () -> run("SELECT pg_sleep(600)")))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(run("SELECT 1")).isTrue();
  }

  @Test
  void theActivityLivesWhileTheStatementRuns() throws SQLException {
    AtomicInteger ticks = new AtomicInteger();

    Watch.over(connection, reporter, ticks::incrementAndGet, () -> run("SELECT pg_sleep(1.3)"));

    assertThat(reporter.beats()).isPositive();
    assertThat(ticks).hasPositiveValue();
  }

  @Test
  void aLookThatFailsDisturbsNothing() throws SQLException {
    assertThat(
            Watch.<Boolean, SQLException>over(
                connection,
                reporter,
                () -> {
                  throw new IllegalStateException("the look failed");
                },
                () -> run("SELECT pg_sleep(0.7)")))
        .isTrue();
  }

  @Test
  void aRefusalGoesThrough() {
    assertThatThrownBy(() -> Watch.over(connection, reporter, () -> run("SELECT 1 / 0")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
  }

  private boolean run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
