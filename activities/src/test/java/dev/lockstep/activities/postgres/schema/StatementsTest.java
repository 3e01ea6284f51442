package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatementsTest {
  private static final Action.Statements ADD =
      statements("ALTER TABLE public.orders ADD COLUMN note text");
  private static final Action.Statements DROP =
      statements("ALTER TABLE public.orders DROP COLUMN note");

  private final SchemaFixture fixture = new SchemaFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void appliedTwiceIsAppliedOnce() {
    StepOutcome first = fixture.activities.applyStatements(fixture.scope("add"), ADD);
    StepOutcome second = fixture.activities.applyStatements(fixture.scope("add"), ADD);

    assertThat(first.alreadyDone()).isFalse();
    assertThat(first.figures()).containsOnlyKeys("maxLockWaitMillis", "durationMillis");
    assertThat(second.alreadyDone()).isTrue();
    assertThat(second.figures()).isEqualTo(first.figures());
    assertThat(fixture.columnExists("note")).isTrue();
  }

  @Test
  void undoneTwiceIsUndoneOnce() {
    fixture.activities.applyStatements(fixture.scope("add"), ADD);

    StepOutcome first = fixture.activities.undoStatements(fixture.scope("add"), DROP);
    StepOutcome second = fixture.activities.undoStatements(fixture.scope("add"), DROP);

    assertThat(first.alreadyDone()).isFalse();
    assertThat(second.alreadyDone()).isTrue();
    assertThat(fixture.columnExists("note")).isFalse();
  }

  @Test
  void aWorkerThatWakesUpAfterTheUndoChangesNothing() {
    fixture.activities.applyStatements(fixture.scope("add"), ADD);
    TestServer.execute(
        fixture.database,
        "INSERT INTO lockstep.runs (id, name, number, kind, database, definition, definition_hash,"
            + " plan, plan_hash, workflow_id, state, schema_before) VALUES ('change-orders/1',"
            + " 'change-orders', 1, 'Migration', 'shop', '', '', '', '', '', 'ROLLING_BACK', '')");
    fixture.activities.undoStatements(fixture.scope("add"), DROP);

    assertThatThrownBy(() -> fixture.activities.applyStatements(fixture.scope("add"), ADD))
        .hasMessageContaining("run change-orders/1 is ROLLING_BACK in the ledger");
    assertThat(fixture.columnExists("note")).isFalse();
  }

  @Test
  void whatWasNeverDoneIsNotUndone() {
    TestServer.execute(fixture.database, "ALTER TABLE orders ADD COLUMN note text");

    StepOutcome outcome = fixture.activities.undoStatements(fixture.scope("add"), DROP);

    assertThat(outcome.alreadyDone()).isTrue();
    assertThat(fixture.columnExists("note")).isTrue();
  }

  @Test
  void undoWithoutLedgerDoesNothing() {
    TestServer.execute(fixture.database, "DROP SCHEMA lockstep CASCADE");

    assertThat(fixture.activities.undoStatements(fixture.scope("add"), DROP).alreadyDone())
        .isTrue();
  }

  @Test
  void aStepIsAppliedAgainAfterItsUndo() {
    fixture.activities.applyStatements(fixture.scope("add"), ADD);
    fixture.activities.undoStatements(fixture.scope("add"), DROP);

    assertThat(fixture.activities.applyStatements(fixture.scope("add"), ADD).alreadyDone())
        .isFalse();
    assertThat(fixture.columnExists("note")).isTrue();
  }

  @Test
  void aRefusedStatementLeavesNothingBehind() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                fixture.activities.applyStatements(
                    fixture.scope("add"),
                    statements(
                        "ALTER TABLE public.orders ADD COLUMN note text",
                        "ALTER TABLE public.orders ADD COLUMN customer text")));

    assertThat(failure.getType()).isEqualTo("OBJECT_UNEXPECTED");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("customer").contains("42701");
    assertThat(fixture.columnExists("note")).isFalse();
    assertThat(fixture.count("SELECT count(*) FROM lockstep.steps")).isZero();
  }

  @Test
  void signsThatDriversInterpretAreTakenAsTheyStand() {
    fixture.activities.applyStatements(
        fixture.scope("sql"),
        statements(
            "COMMENT ON TABLE public.orders IS 'a ? b :name <template> {d x} $1'",
            "CREATE FUNCTION public.one() RETURNS integer LANGUAGE plpgsql AS"
                + " $body$ BEGIN /* ; ? */ RETURN 1; END $body$"));

    assertThat(fixture.value("SELECT obj_description('orders'::regclass)"))
        .contains("a ? b :name <template> {d x} $1");
    assertThat(fixture.value("SELECT one()::text")).contains("1");
  }

  @Test
  void aLockOnATableThatIsNotThereIsNotNeeded() {
    TestServer.execute(fixture.database, "DROP TABLE orders");

    fixture.activities.applyStatements(
        fixture.scope("create"), statements("CREATE TABLE public.orders (id bigint)"));

    assertThat(fixture.count("SELECT count(*) FROM orders")).isZero();
  }

  @Test
  void aMissingPrivilegeIsNamed() {
    TestServer.environment().put("GUEST_USER", TestServer.GUEST);
    TestServer.environment().put("GUEST_PASSWORD", TestServer.PASSWORD);
    TestServer.execute(
        fixture.database,
        "GRANT USAGE ON SCHEMA lockstep TO guest",
        "GRANT ALL ON ALL TABLES IN SCHEMA lockstep TO guest");
    var scope = fixture.scope("add");
    var guest =
        new StepScope(
            scope.run(),
            scope.step(),
            TestServer.as(fixture.database, "GUEST_USER", "GUEST_PASSWORD"),
            scope.limits());

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> fixture.activities.applyStatements(guest, ADD));

    assertThat(failure.getType()).isEqualTo("PRIVILEGE_MISSING");
    assertThat(failure.getOriginalMessage()).contains("orders");
  }

  @Test
  void aCancelledActivityStopsItsStatement() {
    var running =
        CompletableFuture.supplyAsync(
            () ->
                fixture.activities.applyStatements(
                    fixture.scope("slow"),
                    statements(
                        "ALTER TABLE public.orders ADD COLUMN note text", "SELECT pg_sleep(600)")));
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> fixture.reporter.beats() > 0);

    fixture.reporter.cancel();

    assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ActivityCanceledException.class);
    assertThat(fixture.columnExists("note")).isFalse();
  }
}
