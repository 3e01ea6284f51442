package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Connection.Url;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old clients that are told by their role or their age. */
final class OldClientsTest {
  private static final String NOTE = "verify/note-rollout-end";

  private final Database database = TestServer.newDatabase();
  private final String role = database.name() + "_shop";
  private final Databases databases = TestServer.databases();
  private final RecordingReporter reporter = new RecordingReporter();
  private final PostgresGateActivities activities =
      new PostgresGateActivities(databases, () -> reporter);

  @BeforeEach
  void createLedgerAndRole() {
    databases.open(database).useHandle(handle -> new Ledger().create(handle));
    TestServer.execute(database, "CREATE ROLE " + role + " LOGIN");
  }

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(database);
  }

  @Test
  void aSessionOfTheOldRoleIsWaitedForAndNamed() throws SQLException {
    CompletableFuture<StepOutcome> waiting;
    try (Connection old = connectAsRole();
        Connection other = TestServer.connect(database, "web")) {
      waiting = await(new Action.AwaitOldClients(none(), Optional.of("%_shop"), none()));
      awaitReason();
      assertThat(reporter.reasons().get(0))
          .startsWith("1 old client of users like '%_shop' still connected: pid ")
          .contains("(web, " + role + ", from 127.0.0.1, connected for ");
      assertThat(waiting).isNotDone();
      old.close();
      waiting.join();
      assertThat(other.isClosed()).isFalse();
    }
  }

  @Test
  void aSessionThatBeganAfterTheNoteIsNotOld() throws SQLException {
    try (Connection old = TestServer.connect(database, "old")) {
      note();
      try (Connection fresh = TestServer.connect(database, "fresh")) {
        CompletableFuture<StepOutcome> waiting =
            await(new Action.AwaitOldClients(none(), none(), Optional.of(NOTE)));
        awaitReason();
        assertThat(reporter.reasons().get(0))
            .startsWith("1 old client from before verify/note-rollout-end still connected: pid ")
            .contains("(old, postgres, ");
        old.close();
        waiting.join();
        assertThat(fresh.isClosed()).isFalse();
      }
    }
  }

  @Test
  void theNoteKeepsItsTimeWhenItsStepIsDoneAgain() throws SQLException {
    note();
    try (Connection fresh = TestServer.connect(database, "fresh")) {
      note();

      await(new Action.AwaitOldClients(none(), none(), Optional.of(NOTE))).join();

      assertThat(reporter.reasons()).isEmpty();
      assertThat(fresh.isClosed()).isFalse();
    }
  }

  @Test
  void everythingThatIsGivenMustApply() throws SQLException {
    try (Connection named = TestServer.connect(database, "web");
        Connection ofRole = connectAsRole()) {
      note();
      try (Connection fresh = connectAsRole()) {
        ofRole.close();
        await(new Action.AwaitOldClients(Optional.of("we_"), Optional.of(role), Optional.of(NOTE)))
            .join();
        assertThat(fresh.isClosed()).isFalse();
      }
      assertThat(named.isClosed()).isFalse();
    }
  }

  @Test
  void aTimeThatWasNeverNotedCountsAsLater() throws SQLException {
    try (Connection old = TestServer.connect(database, "old")) {
      CompletableFuture<StepOutcome> waiting =
          await(new Action.AwaitOldClients(none(), none(), Optional.of(NOTE)));
      awaitReason();
      assertThat(waiting).isNotDone();
      old.close();
      waiting.join();
    }
  }

  private void note() {
    activities.ask(scope(NOTE), new Action.Ask("the time", "SELECT 1", "1"));
  }

  private CompletableFuture<StepOutcome> await(Action.AwaitOldClients action) {
    return CompletableFuture.supplyAsync(() -> activities.awaitOldClients(scope("gate"), action));
  }

  private void awaitReason() {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(reporter.reasons()).isNotEmpty());
  }

  private Connection connectAsRole() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("ApplicationName", "web");
    return DriverManager.getConnection(((Url) database.connection()).jdbcUrl(), properties);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private StepScope scope(String step) {
    return new StepScope(new RunKey("change-orders/1"), step, database, Limits.DEFAULT);
  }
}
