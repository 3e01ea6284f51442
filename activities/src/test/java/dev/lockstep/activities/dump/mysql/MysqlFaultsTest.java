package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MysqlFaultsTest {
  @ParameterizedTest
  @CsvSource({
    "1205, HY000, LOCK_NOT_ACQUIRED",
    "1213, 40001, TRANSACTION_CONFLICTED",
    "1614, 40000, TRANSACTION_CONFLICTED",
    "1040, 08004, RESOURCE_EXHAUSTED",
    "2003, 08000, SERVER_UNREACHABLE",
    "1836, HY000, SERVER_UNREACHABLE",
    "1045, 28000, CREDENTIALS_REFUSED",
    "4151, 28000, CREDENTIALS_REFUSED",
    "1142, 42000, PRIVILEGE_MISSING",
    "1146, 42S02, OBJECT_UNEXPECTED",
    "1062, 23000, ROW_REFUSED",
    "1064, 42000, STATEMENT_REFUSED",
  })
  void numbersComeBeforeClasses(int number, String state, String code) {
    ApplicationFailure failure =
        MysqlFaults.translate(
            new IllegalStateException(new SQLException("(conn=7) no\nmore", state, number)));

    assertThat(failure.getType()).isEqualTo(code);
    assertThat(failure.getOriginalMessage())
        .endsWith("(error %d, SQLSTATE %s)".formatted(number, state));
    assertThat(failure.getOriginalMessage()).doesNotContain("conn=", "more");
  }

  @Test
  void whatIsSaidOfARowIsLeftOut() {
    ApplicationFailure failure =
        MysqlFaults.translate(
            new SQLException("Duplicate entry 'ada@example.org' for key 'email'", "23000", 1062));

    assertThat(failure.getOriginalMessage())
        .isEqualTo("the server refuses a row (error 1062, SQLSTATE 23000)");
  }

  @Test
  void failuresAndTheWishToStopGoThrough() {
    ApplicationFailure known = Faults.failure(FaultCode.KEY_WRONG, "no", "");

    assertThat(MysqlFaults.translate(new IllegalStateException(known))).isSameAs(known);
    assertThatThrownBy(
            () ->
                MysqlFaults.translated(
                    () -> {
                      throw new IllegalStateException(new ActivityCanceledException());
                    }))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(MysqlFaults.translate(new IllegalStateException("odd")).getType())
        .isEqualTo("INTERNAL_ERROR");
    assertThat(MysqlFaults.translate(new SQLException("no connection")).getType())
        .isEqualTo("RESOURCE_EXHAUSTED");
  }
}
