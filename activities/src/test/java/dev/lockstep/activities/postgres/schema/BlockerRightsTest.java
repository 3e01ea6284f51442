package dev.lockstep.activities.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.definitions.model.Connection.Url;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role that is no superuser and has to be granted what ending others needs. */
final class BlockerRightsTest {
  private final BlockersFixture fixture = new BlockersFixture();

  /** Roles are those of the whole server: each test has its own. */
  private final String owner = fixture.schema.database.name() + "_owner";

  private final String client = fixture.schema.database.name() + "_app";

  @AfterEach
  void close() {
    fixture.close();
  }

  @BeforeEach
  void createRole() {
    TestServer.execute(
        fixture.schema.database,
        "CREATE ROLE " + owner + " LOGIN PASSWORD 'owner'",
        "GRANT USAGE ON SCHEMA lockstep TO " + owner,
        "GRANT ALL ON ALL TABLES IN SCHEMA lockstep TO " + owner,
        "GRANT CREATE ON SCHEMA public TO " + owner,
        "ALTER TABLE orders OWNER TO " + owner);
  }

  @Test
  void whatTheRoleLacksIsSaidAndTheStepGoesOnWaiting() throws SQLException {
    TestServer.execute(
        fixture.schema.database,
        "CREATE ROLE " + client + " LOGIN PASSWORD 'app'",
        "GRANT SELECT ON orders TO " + client);
    try (Connection app = connect()) {
      app.setAutoCommit(false);
      TestServer.execute(app, "SELECT * FROM orders LIMIT 1");
      fixture.awaitStill("app");

      assertThat(refusal())
          .contains("it belongs to " + client + ", whose sessions this role may not end")
          .contains("GRANT pg_signal_backend");
      grant("pg_signal_backend");
      assertThat(refusal()).contains("state that this role may not see (GRANT pg_read_all_stats");
      grant("pg_read_all_stats");
      assertThat(BlockersFixture.alive(app)).isTrue();
      fixture.awaitStill("app");

      add();

      assertThat(fixture.schema.columnExists("note")).isTrue();
      assertThat(BlockersFixture.alive(app)).isFalse();
    }
  }

  @Test
  void aSuperuserIsSpared() throws SQLException {
    grant("pg_signal_backend");
    grant("pg_read_all_stats");
    TestServer.execute(fixture.web, "SELECT * FROM orders LIMIT 1");
    fixture.awaitStill("web");

    assertThat(refusal()).contains("it belongs to postgres").contains("superusers' excepted");
    assertThat(BlockersFixture.alive(fixture.web)).isTrue();
  }

  private void grant(String role) {
    TestServer.execute(fixture.schema.database, "GRANT " + role + " TO " + owner);
  }

  private String refusal() {
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, this::add);
    assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
    return failure.getOriginalMessage();
  }

  private void add() {
    TestServer.environment().put("BLOCKER_USER", owner);
    TestServer.environment().put("BLOCKER_PASSWORD", "owner");
    StepScope scope = fixture.scope(BlockersFixture.ending(Sessions.IDLE));
    fixture.schema.reporter = new RecordingReporter(5, Duration.ofMinutes(1));
    fixture.schema.activities.applyStatements(
        new StepScope(
            scope.run(),
            scope.step(),
            TestServer.as(scope.database(), "BLOCKER_USER", "BLOCKER_PASSWORD"),
            scope.limits()),
        BlockersFixture.ADD);
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", client);
    properties.setProperty("password", "app");
    properties.setProperty("ApplicationName", "app");
    Url url = (Url) fixture.schema.database.connection();
    return DriverManager.getConnection(url.jdbcUrl(), properties);
  }
}
