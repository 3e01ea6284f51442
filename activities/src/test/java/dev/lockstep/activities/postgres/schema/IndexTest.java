package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IndexTest {
  private static final Action.BuildIndex BUILD =
      new Action.BuildIndex(
          ORDERS,
          "orders_customer",
          "CREATE INDEX CONCURRENTLY orders_customer ON public.orders (customer)");
  private static final Action.RemoveIndex REMOVE =
      new Action.RemoveIndex(
          ORDERS, "orders_customer", "DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer");

  private final SchemaFixture fixture = new SchemaFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void builtTwiceIsBuiltOnce() {
    StepOutcome first = fixture.activities.buildIndex(fixture.scope("index"), BUILD);
    StepOutcome second = fixture.activities.buildIndex(fixture.scope("index"), BUILD);

    assertThat(first.alreadyDone()).isFalse();
    assertThat(first.figures()).containsKeys("bytes", "durationMillis");
    assertThat(second.alreadyDone()).isTrue();
    assertThat(validIndexes()).isOne();
  }

  @Test
  void anIndexWhoseNoteWasLostIsKept() {
    fixture.activities.buildIndex(fixture.scope("index"), BUILD);
    String before = fixture.value("SELECT 'orders_customer'::regclass::oid::text").orElseThrow();
    TestServer.execute(fixture.database, "UPDATE lockstep.steps SET state = 'STARTED'");

    StepOutcome again = fixture.activities.buildIndex(fixture.scope("index"), BUILD);

    assertThat(again.alreadyDone()).isFalse();
    assertThat(fixture.value("SELECT 'orders_customer'::regclass::oid::text")).contains(before);
  }

  @Test
  void anInvalidLeftOverIsBuiltAnew() {
    fixture.activities.buildIndex(fixture.scope("index"), BUILD);
    TestServer.execute(
        fixture.database,
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_customer'::regclass",
        "UPDATE lockstep.steps SET state = 'STARTED'");

    fixture.activities.buildIndex(fixture.scope("index"), BUILD);

    assertThat(validIndexes()).isOne();
  }

  @Test
  void somebodyElsesIndexIsNeitherTakenOverNorDropped() {
    TestServer.execute(fixture.database, "CREATE INDEX orders_customer ON orders (amount)");

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> fixture.activities.buildIndex(fixture.scope("index"), BUILD));
    StepOutcome undo = fixture.activities.undoBuildIndex(fixture.scope("index"), REMOVE);

    assertThat(failure.getType()).isEqualTo("OBJECT_UNEXPECTED");
    assertThat(undo.alreadyDone()).isTrue();
    assertThat(validIndexes()).isOne();
  }

  @Test
  void anUndoneBuildLeavesNothing() {
    fixture.activities.buildIndex(fixture.scope("index"), BUILD);

    assertThat(fixture.activities.undoBuildIndex(fixture.scope("index"), REMOVE).alreadyDone())
        .isFalse();
    assertThat(fixture.activities.undoBuildIndex(fixture.scope("index"), REMOVE).alreadyDone())
        .isTrue();
    assertThat(indexes()).isZero();
  }

  @Test
  void removedTwiceUndoneTwice() {
    TestServer.execute(fixture.database, "CREATE INDEX orders_customer ON orders (customer)");

    assertThat(fixture.activities.removeIndex(fixture.scope("drop"), REMOVE).alreadyDone())
        .isFalse();
    assertThat(fixture.activities.removeIndex(fixture.scope("drop"), REMOVE).alreadyDone())
        .isTrue();
    assertThat(indexes()).isZero();
    assertThat(fixture.activities.undoRemoveIndex(fixture.scope("drop"), BUILD).alreadyDone())
        .isFalse();
    assertThat(fixture.activities.undoRemoveIndex(fixture.scope("drop"), BUILD).alreadyDone())
        .isTrue();
    assertThat(validIndexes()).isOne();
  }

  @Test
  void aRemovalThatNeverBeganIsNotUndone() {
    assertThat(fixture.activities.undoRemoveIndex(fixture.scope("drop"), BUILD).alreadyDone())
        .isTrue();
    assertThat(indexes()).isZero();
  }

  @Test
  void rowsThatAreNotUniqueLeaveNoInvalidIndex() {
    Action.BuildIndex unique =
        new Action.BuildIndex(
            ORDERS,
            "orders_customer",
            "CREATE UNIQUE INDEX CONCURRENTLY orders_customer ON public.orders (customer)");

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> fixture.activities.buildIndex(fixture.scope("index"), unique));

    assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
    assertThat(failure.getOriginalMessage())
        .startsWith("index orders_customer of orders cannot be built: ")
        .doesNotContain("c0");
    assertThat(indexes()).isZero();
  }

  @Test
  void aWaitForAnOldTransactionNamesIt() throws SQLException {
    try (Connection old = TestServer.connect(fixture.database, "report")) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      TestServer.execute(old, "SELECT count(*) FROM orders");
      var running =
          CompletableFuture.supplyAsync(
              () -> fixture.activities.buildIndex(fixture.scope("index"), BUILD));
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(fixture.reporter.reasons())
                      .anySatisfy(
                          reason ->
                              assertThat(reason)
                                  .startsWith("an older transaction to end: pid ")
                                  .contains("(report, idle in transaction for ")));
      old.rollback();

      assertThat(running.join().alreadyDone()).isFalse();
      assertThat(validIndexes()).isOne();
    }
  }

  @Test
  void aCancelledBuildIsEndedByTheNextOne() throws SQLException {
    try (Connection old = TestServer.connect(fixture.database, "report")) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      TestServer.execute(old, "SELECT count(*) FROM orders");
      var running =
          CompletableFuture.supplyAsync(
              () -> fixture.activities.buildIndex(fixture.scope("index"), BUILD));
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> indexes() == 1);

      fixture.reporter.cancel();

      assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ActivityCanceledException.class);
      assertThat(validIndexes()).isZero();
      old.rollback();
    }
    fixture.reporter = new RecordingReporter();

    fixture.activities.buildIndex(fixture.scope("index"), BUILD);

    assertThat(indexes()).isOne();
    assertThat(validIndexes()).isOne();
  }

  @Test
  void anotherSchemaChangeOfTheTableIsNamedAndNotWaitedFor() throws SQLException {
    try (Connection other = TestServer.connect(fixture.database, "vacuum-script")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE");
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.count(
                          "SELECT count(*) FROM pg_stat_activity"
                              + " WHERE application_name = 'vacuum-script'"
                              + " AND clock_timestamp() - xact_start > interval '100 ms'")
                      == 1);

      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class,
              () ->
                  fixture.activities.buildIndex(
                      fixture.scope("index", Duration.ofMillis(50)), BUILD));

      assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
      assertThat(failure.getOriginalMessage()).contains("vacuum-script");
    }
  }

  private long indexes() {
    return fixture.count(
        "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('orders_customer')");
  }

  private long validIndexes() {
    return fixture.count(
        "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('orders_customer')"
            + " AND indisvalid");
  }

  @Test
  void timeLimitsOfTheRoleDoNotCutABuild() {
    String settings = "ALTER DATABASE " + fixture.database.name() + " SET ";
    TestServer.execute(
        fixture.database,
        "CREATE FUNCTION slow(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS"
            + " $$ BEGIN PERFORM pg_sleep(0.002); RETURN $1; END $$",
        settings + "statement_timeout = 1500",
        settings + "transaction_timeout = 1600");
    try (Databases limited = TestServer.databases()) {
      new PostgresSchemaActivities(limited, () -> fixture.reporter)
          .buildIndex(
              fixture.scope("index"),
              new Action.BuildIndex(
                  ORDERS,
                  "orders_customer",
                  "CREATE INDEX CONCURRENTLY orders_customer ON public.orders"
                      + " (public.slow(amount))"));

      String limit =
          limited
              .open(fixture.database)
              .withHandle(h -> h.select("SHOW statement_timeout").mapTo(String.class).one());
      assertThat(limit).isEqualTo("1500ms");
    }
    assertThat(validIndexes()).isOne();
  }
}
