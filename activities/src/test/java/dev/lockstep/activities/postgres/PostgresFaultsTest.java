package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresFaultsTest {
  private static final Database DATABASE = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();

  @AfterEach
  void close() {
    databases.close();
  }

  @ParameterizedTest
  @CsvSource({
    "55P03, LOCK_NOT_ACQUIRED",
    "40P01, TRANSACTION_CONFLICTED",
    "40001, TRANSACTION_CONFLICTED",
    "53100, RESOURCE_EXHAUSTED",
    "53300, RESOURCE_EXHAUSTED",
    "57P01, SERVER_UNREACHABLE",
    "57P03, SERVER_UNREACHABLE",
    "08006, SERVER_UNREACHABLE",
    "08001, SERVER_UNREACHABLE",
    "25006, SERVER_UNREACHABLE",
    "28P01, CREDENTIALS_REFUSED",
    "28000, CREDENTIALS_REFUSED",
    "42501, PRIVILEGE_MISSING",
    "42P01, OBJECT_UNEXPECTED",
    "42703, OBJECT_UNEXPECTED",
    "42P07, OBJECT_UNEXPECTED",
    "42701, OBJECT_UNEXPECTED",
    "23505, ROW_REFUSED",
    "22012, ROW_REFUSED",
    "42601, STATEMENT_REFUSED",
    "XX000, STATEMENT_REFUSED"
  })
  void everyStateHasItsFault(String state, FaultCode code) {
    ApplicationFailure failure =
        PostgresFaults.translate(new SQLException("text", state), "expand/a");

    assertThat(failure.getType()).isEqualTo(code.name());
    assertThat(failure.isNonRetryable()).isEqualTo(!code.kind().retried());
    assertThat(failure.getDetails().get(Fault.class).step()).isEqualTo("expand/a");
  }

  @Test
  void aStandbyIsCalledOne() {
    assertThat(
            PostgresFaults.translate(
                    new SQLException("cannot execute INSERT in a read-only transaction", "25006"),
                    "")
                .getOriginalMessage())
        .isEqualTo(
            "the address leads to a standby, or its transactions are set to read only:"
                + " cannot execute INSERT in a read-only transaction (SQLSTATE 25006)");
  }

  @Test
  void anEmptyPoolIsBusy() {
    assertThat(
            PostgresFaults.translate(new SQLTransientConnectionException("no connection"), "")
                .getType())
        .isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void aDefectIsInternal() {
    ApplicationFailure failure = PostgresFaults.translate(new IllegalStateException("oh"), "");

    assertThat(failure.getType()).isEqualTo("INTERNAL_ERROR");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void aFailureInTheCausesIsGivenBack() {
    ApplicationFailure known = Faults.failure(FaultCode.CREDENTIALS_MISSING, "no file", "");

    assertThat(PostgresFaults.translate(new SQLException("pool", known), "")).isSameAs(known);
  }

  @Test
  void theWishToStopGoesThrough() {
    assertThatThrownBy(
            () ->
                PostgresFaults.translated(
                    "",
                    () -> {
                      throw new IllegalStateException(new ActivityCanceledException());
                    }))
        .isInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void aStoppedWorkerMakesNothingFinal() {
    assertThat(
            PostgresFaults.translate(new SQLException("x", new InterruptedException()), "")
                .isNonRetryable())
        .isFalse();
  }

  @Test
  void messagesNameTheConstraintAndHideTheRow() {
    TestServer.execute(
        DATABASE,
        "CREATE TABLE people (id integer PRIMARY KEY, name text CONSTRAINT named CHECK (name <>"
            + " ''))",
        "INSERT INTO people VALUES (4711, 'Ada')");

    ApplicationFailure failure = failure("INSERT INTO people VALUES (4711, 'Grace')");
    ApplicationFailure bound =
        failureOfBound("INSERT INTO people VALUES (:id, :name)", "a very private name");

    assertThat(failure.getOriginalMessage())
        .isEqualTo(
            "duplicate key value violates unique constraint \"people_pkey\" (SQLSTATE 23505)");
    assertThat(failure.getCause()).isNull();
    assertThat(bound.getOriginalMessage()).contains("people_pkey").doesNotContain("private");
  }

  @Test
  void hintsOfTheServerAreKept() {
    assertThat(failure("SELECT lenght('x')").getOriginalMessage()).contains("; hint: ");
  }

  @Test
  void aServerWithoutConnectionsIsBusy() {
    TestServer.execute(
        DATABASE, "DROP ROLE IF EXISTS crowded", "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
    TestServer.environment().put("CROWDED", "crowded");
    TestServer.environment().put("CROWDED_PASSWORD", "");

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                PostgresFaults.translated(
                    "",
                    () ->
                        databases
                            .open(TestServer.as(DATABASE, "CROWDED", "CROWDED_PASSWORD"))
                            .withHandle(handle -> true)));

    assertThat(failure.getType()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(failure.getOriginalMessage()).contains("crowded");
  }

  @Test
  void aServerWithoutRoomForTemporaryFilesIsBusy() {
    assertThat(
            failure(
                    "SET temp_file_limit = '64kB'; SET work_mem = '64kB';"
                        + " SELECT n FROM generate_series(1, 200000) n ORDER BY n::text")
                .getType())
        .isEqualTo("RESOURCE_EXHAUSTED");
  }

  private ApplicationFailure failure(String sql) {
    try {
      databases.open(DATABASE).useHandle(handle -> PlainSql.run(handle, sql));
    } catch (RuntimeException e) {
      return PostgresFaults.translate(e, "");
    }
    throw new AssertionError("nothing failed");
  }

  private ApplicationFailure failureOfBound(String sql, String name) {
    try {
      databases
          .open(DATABASE)
          .useHandle(
              handle -> handle.createUpdate(sql).bind("id", 4711).bind("name", name).execute());
    } catch (RuntimeException e) {
      return PostgresFaults.translate(e, "");
    }
    throw new AssertionError("nothing failed");
  }
}
