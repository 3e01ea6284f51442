package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.plan.Action;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session is ended by the server at each statement of a step, for an act and for its undo. */
final class CutConnectionTest {
  private static final String CUT = "SELECT pg_terminate_backend(pg_backend_pid())";
  private static final List<String> ACT =
      List.of(
          "ALTER TABLE public.orders ADD COLUMN a text",
          "ALTER TABLE public.orders ADD COLUMN b text",
          "ALTER TABLE public.orders ADD COLUMN c text");
  private static final List<String> UNDO =
      List.of(
          "ALTER TABLE public.orders DROP COLUMN c",
          "ALTER TABLE public.orders DROP COLUMN b",
          "ALTER TABLE public.orders DROP COLUMN a");

  private final SchemaFixture fixture = new SchemaFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anActIsDoneWhollyOrNotAtAll(int at) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> fixture.activities.applyStatements(fixture.scope("add"), cut(ACT, at)));

    assertThat(failure.getType()).isEqualTo("SERVER_UNREACHABLE");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(columns()).isEqualTo(3);
    fixture.activities.applyStatements(fixture.scope("add"), whole(ACT));
    assertThat(columns()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anUndoIsDoneWhollyOrNotAtAll(int at) {
    fixture.activities.applyStatements(fixture.scope("add"), whole(ACT));

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> fixture.activities.undoStatements(fixture.scope("add"), cut(UNDO, at)));

    assertThat(failure.getType()).isEqualTo("SERVER_UNREACHABLE");
    assertThat(columns()).isEqualTo(6);
    fixture.activities.undoStatements(fixture.scope("add"), whole(UNDO));
    assertThat(columns()).isEqualTo(3);
  }

  @Test
  void aCutIndexBuildIsEndedByTheNextTry() {
    Action.BuildIndex build =
        new Action.BuildIndex(
            SchemaFixture.ORDERS,
            "orders_cut",
            "CREATE INDEX CONCURRENTLY orders_cut ON public.orders (cut(id))");
    TestServer.execute(
        fixture.database,
        "CREATE TABLE cuts (happened integer)",
        "CREATE FUNCTION cut(value bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS"
            + " $$ BEGIN IF current_setting('application_name') = 'lockstep' AND"
            + " NOT EXISTS (SELECT FROM public.cuts) THEN"
            + " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN value; END $$");

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> fixture.activities.buildIndex(fixture.scope("index"), build));
    assertThat(failure.getType()).isEqualTo("SERVER_UNREACHABLE");
    assertThat(valid()).isZero();

    TestServer.execute(fixture.database, "INSERT INTO cuts VALUES (1)");
    fixture.activities.buildIndex(fixture.scope("index"), build);
    assertThat(valid()).isOne();
  }

  private static Action.Statements cut(List<String> statements, int at) {
    List<String> cut = new ArrayList<>(statements);
    cut.add(at, CUT);
    return whole(cut);
  }

  private static Action.Statements whole(List<String> statements) {
    return statements(statements.toArray(String[]::new));
  }

  private long columns() {
    return fixture.count(
        "SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'");
  }

  private long valid() {
    return fixture.count(
        "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('orders_cut')"
            + " AND indisvalid");
  }
}
