package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresGateActivitiesTest {
  private static final Action.AwaitOldClients OLD = new Action.AwaitOldClients("shop-web/1%");

  private final Database database = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final RecordingReporter reporter = new RecordingReporter();
  private final PostgresGateActivities activities =
      new PostgresGateActivities(databases, () -> reporter);

  @BeforeEach
  void createLedger() {
    databases.open(database).useHandle(handle -> new Ledger().create(handle));
  }

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(database);
  }

  @Test
  void theGateOpensWhenTheLastOldClientIsGone() throws SQLException {
    CompletableFuture<StepOutcome> waiting;
    try (Connection old = TestServer.connect(database, "shop-web/1.9");
        Connection fresh = TestServer.connect(database, "shop-web/2.0")) {
      waiting = CompletableFuture.supplyAsync(() -> activities.awaitOldClients(scope("gate"), OLD));
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(reporter.reasons()).isNotEmpty());
      assertThat(reporter.reasons().get(0))
          .startsWith("1 old client like 'shop-web/1%' still connected: pid ")
          .contains("(shop-web/1.9, postgres, from 127.0.0.1, connected for ");
      assertThat(waiting).isNotDone();
      old.close();
      assertThat(waiting.join().alreadyDone()).isFalse();
      assertThat(fresh.isClosed()).isFalse();
    }
  }

  @Test
  void onlyFiveOldClientsAreNamed() throws SQLException {
    Connection[] old = new Connection[7];
    for (int i = 0; i < old.length; i++) {
      old[i] = TestServer.connect(database, "shop-web/1." + i);
    }
    var waiting = CompletableFuture.supplyAsync(() -> activities.awaitOldClients(scope("g"), OLD));
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(reporter.reasons())
                    .anySatisfy(
                        reason ->
                            assertThat(reason)
                                .startsWith("7 old clients")
                                .contains("shop-web/1.4")
                                .endsWith("and 2 more")));
    for (Connection connection : old) {
      connection.close();
    }
    waiting.join();
  }

  @Test
  void aRoleThatSeesLittleOfOthersStillSeesOldClients() throws SQLException {
    TestServer.execute(
        database,
        "GRANT USAGE ON SCHEMA lockstep TO " + TestServer.GUEST,
        "GRANT ALL ON ALL TABLES IN SCHEMA lockstep TO " + TestServer.GUEST);
    TestServer.environment().put("GUEST_USER", TestServer.GUEST);
    TestServer.environment().put("GUEST_PASSWORD", TestServer.PASSWORD);
    StepScope guest =
        new StepScope(
            new RunKey("change-orders/1"),
            "gate",
            TestServer.as(database, "GUEST_USER", "GUEST_PASSWORD"),
            Limits.DEFAULT);
    try (Connection old = TestServer.connect(database, "shop-web/1.9")) {
      var waiting = CompletableFuture.supplyAsync(() -> activities.awaitOldClients(guest, OLD));
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(reporter.reasons()).isNotEmpty());
      assertThat(reporter.reasons().get(0)).contains("(shop-web/1.9, postgres)");
      assertThat(waiting).isNotDone();
      old.close();
      waiting.join();
    }
  }

  @Test
  void aPassedGateStaysPassed() throws SQLException {
    activities.awaitOldClients(scope("gate"), OLD);

    try (Connection old = TestServer.connect(database, "shop-web/1.9")) {
      assertThat(activities.awaitOldClients(scope("gate"), OLD).alreadyDone()).isTrue();
      assertThat(old.isClosed()).isFalse();
    }
  }

  @Test
  void aCancelledWaitEnds() throws SQLException {
    try (Connection old = TestServer.connect(database, "shop-web/1.9")) {
      var waiting =
          CompletableFuture.supplyAsync(() -> activities.awaitOldClients(scope("gate"), OLD));
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> reporter.beats() > 0);

      reporter.cancel();

      assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ActivityCanceledException.class);
      assertThat(old.isClosed()).isFalse();
    }
  }

  @Test
  void theExpectedAnswerPasses() {
    Action.Ask ask = new Action.Ask("one", "SELECT 1 + 1", "2");

    assertThat(activities.ask(scope("ask"), ask).alreadyDone()).isFalse();
    assertThat(activities.ask(scope("ask"), ask).alreadyDone()).isTrue();
  }

  @Test
  void anotherAnswerSaysWhatWasExpectedAndWhatCame() {
    assertThat(failure("SELECT 3", "2").getType()).isEqualTo("ANSWER_UNEXPECTED");
    assertThat(failure("SELECT 3", "2").getOriginalMessage())
        .isEqualTo("check amounts: expected 2, got 3");
    assertThat(failure("SELECT 1 WHERE false", "2").getOriginalMessage()).endsWith("got nothing");
    assertThat(failure("SELECT NULL", "2").getOriginalMessage()).endsWith("got nothing");
  }

  @Test
  void aQuestionCannotWrite() {
    ApplicationFailure failure = failure("CREATE TABLE made (id bigint)", "1");

    assertThat(failure.getType()).isEqualTo("STATEMENT_REFUSED");
    assertThat(failure.getOriginalMessage()).isEqualTo("check amounts: its query must not write");
  }

  @Test
  void aWrongQuestionIsRefusedWithTheServersWords() {
    assertThat(failure("SELEC 1", "1").getType()).isEqualTo("STATEMENT_REFUSED");
    assertThat(failure("SELEC 1", "1").getOriginalMessage()).contains("SELEC");
    assertThat(failure("SELECT * FROM nowhere", "1").getType()).isEqualTo("OBJECT_UNEXPECTED");
  }

  private ApplicationFailure failure(String query, String expect) {
    return catchThrowableOfType(
        ApplicationFailure.class,
        () -> activities.ask(scope("ask"), new Action.Ask("amounts", query, expect)));
  }

  private StepScope scope(String step) {
    return new StepScope(new RunKey("change-orders/1"), step, database, Limits.DEFAULT);
  }
}
