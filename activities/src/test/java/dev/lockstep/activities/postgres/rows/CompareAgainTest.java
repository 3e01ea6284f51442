package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.CompareRowsTest.MISMATCH;
import static dev.lockstep.activities.postgres.rows.CompareRowsTest.UP;
import static dev.lockstep.activities.postgres.rows.CompareRowsTest.filled;
import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_ID;
import static dev.lockstep.activities.postgres.rows.RowsFixture.verification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CompareAgainTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Action.Verify BY_IDS = verification(BY_ID, MISMATCH, UP);

  static Stream<RowKey> walks() {
    return CompareRowsTest.walks();
  }

  /** With a trigger that keeps the columns equal, and verified once. */
  private static RowsFixture verified(int rows, RowKey key) {
    RowsFixture fixture = filled(rows);
    fixture.execute(
        "CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN NEW.\"full\" := NEW.first || ' ' || NEW.last; RETURN NEW; END $$",
        "CREATE TRIGGER follow BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION follow()");
    fixture.verify(verification(key, MISMATCH, UP));
    return fixture;
  }

  /** Past every trigger. */
  private static String past(String update) {
    return "SET session_replication_role = replica; " + update;
  }

  private static CompareAgain inThousands(RowsFixture fixture) {
    return new CompareAgain(fixture.inThousands("verify/people", BY_IDS));
  }

  private static List<String> parts(RowsFixture fixture) {
    return fixture.jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT DISTINCT step_id FROM lockstep.ranges ORDER BY step_id")
                .mapTo(String.class)
                .list());
  }

  @ParameterizedTest
  @MethodSource("walks")
  void aRowWrittenPastTheTriggerIsFoundNamedAndLeftAsItIs(RowKey key) {
    try (RowsFixture fixture = verified(5000, key)) {
      fixture.execute(
          "UPDATE people SET first = 'by a client' WHERE id = 41",
          past("UPDATE people SET first = 'past it' WHERE id = 42"));
      Action.Verify action = verification(key, MISMATCH, UP);

      ApplicationFailure failure =
          catchThrowableOfType(ApplicationFailure.class, () -> fixture.verifyAgain(action, NOON));

      assertThat(failure.getType()).isEqualTo("ROWS_DRIFTED");
      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(failure.getOriginalMessage())
          .startsWith("1 of 5000 rows of people were right after the backfill and differ now in")
          .contains("full against first, last: " + (key.physical() ? "ctid = " : "id = 42."))
          .contains("session_replication_role", "retry");
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = 42")).isEqualTo("f42 l42");
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = 41"))
          .isEqualTo("by a client l41");
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void rightRowsAreCountedWithThoseOfMeanwhile(RowKey key) {
    try (RowsFixture fixture = verified(5000, key)) {
      fixture.execute("INSERT INTO people SELECT 5001, 'f', 'l', 'f l'");

      StepOutcome outcome = fixture.verifyAgain(verification(key, MISMATCH, UP), NOON);

      assertThat(outcome.figures()).containsEntry("rows", 5001L).containsEntry("mismatches", 0L);
      assertThat(fixture.verify(verification(key, MISMATCH, UP)).figures())
          .containsEntry("rows", 5000L);
    }
  }

  @Test
  void theSameRepetitionGoesOnAndAnotherOneBeginsAnew() throws SQLException {
    try (RowsFixture fixture = verified(3000, BY_ID)) {
      fixture.execute(past("UPDATE people SET \"full\" = 'wrong' WHERE id = 1"));
      assertThatThrownBy(() -> inThousands(fixture).run("one")).hasMessageContaining("1 of 3000");

      fixture.execute(
          past("UPDATE people SET \"full\" = " + UP + " WHERE id = 1"),
          past("UPDATE people SET \"full\" = 'wrong' WHERE id = 2999"));

      assertThat(inThousands(fixture).run("one").figures()).containsEntry("rows", 3000L);
      assertThatThrownBy(() -> inThousands(fixture).run("two")).hasMessageContaining("id = 2999");
    }
  }

  @Test
  void theLedgerHoldsOnlyTheLastRepetition() {
    try (RowsFixture fixture = verified(100, BY_ID)) {
      fixture.verifyAgain(BY_IDS, NOON);
      fixture.verifyAgain(BY_IDS, LATER);

      assertThat(parts(fixture)).containsExactly("verify/people", "verify/people/again-" + LATER);
    }
  }

  @Test
  void aCancelBreaksItOffAndTheNextCallGoesOn() {
    try (RowsFixture fixture = verified(2000, BY_ID)) {
      Action.Verify slow = verification(BY_ID, "pg_sleep(0.1)::text = 'x'");

      fixture.cancelWhileAsleep(() -> fixture.verifyAgain(slow, NOON));

      assertThat(fixture.verifyAgain(BY_IDS, NOON).figures()).containsEntry("rows", 2000L);
    }
  }

  @Test
  void whereTheRunIsBeingUndoneNothingIsCompared() {
    try (RowsFixture fixture = verified(100, BY_ID)) {
      fixture.execute(
          "INSERT INTO lockstep.runs (id, name, number, kind, database, definition,"
              + " definition_hash, plan, plan_hash, workflow_id, state, schema_before) VALUES"
              + " ('full-name/1', 'full-name', 1, '', '', '', '', '', '', '', 'ROLLING_BACK', '')");

      ApplicationFailure failure =
          catchThrowableOfType(ApplicationFailure.class, () -> fixture.verifyAgain(BY_IDS, NOON));

      assertThat(failure.getType()).isEqualTo("RUN_ABORTED");
      assertThat(parts(fixture)).containsExactly("verify/people");
    }
  }
}
