package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_ID;
import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_PLACE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.PEOPLE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.verification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.health.HealthSignals;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.activities.postgres.rows.Verification.Extent;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CompareRowsTest {
  static final String UP = "first || ' ' || last";
  static final String MISMATCH = "\"full\" IS DISTINCT FROM " + UP;

  static Stream<RowKey> walks() {
    return Stream.of(BY_ID, BY_PLACE);
  }

  static RowsFixture filled(int rows) {
    RowsFixture fixture = RowsFixture.withPeople(rows);
    fixture.execute("UPDATE people SET \"full\" = " + UP);
    return fixture;
  }

  @ParameterizedTest
  @MethodSource("walks")
  void rightRowsAreCountedAndLeftAlone(RowKey key) {
    try (RowsFixture fixture = filled(20_000)) {
      StepOutcome outcome = fixture.verify(verification(key, MISMATCH, UP));

      assertThat(outcome.figures())
          .containsEntry("rows", 20_000L)
          .containsEntry("mismatches", 0L)
          .containsEntry("repaired", 0L);
      assertThat(fixture.verify(verification(key, MISMATCH, UP)).alreadyDone()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void wrongRowsAreRepairedWithoutTheTrigger(RowKey key) {
    try (RowsFixture fixture = filled(20_000)) {
      fixture.execute(
          "UPDATE people SET \"full\" = 'wrong' WHERE id IN (1, 7777, 20000)",
          "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN RAISE EXCEPTION 'not silenced'; END $$",
          "CREATE TRIGGER zz BEFORE UPDATE ON people FOR EACH ROW WHEN"
              + " (current_setting('lockstep.backfill', true) IS DISTINCT FROM 'on')"
              + " EXECUTE FUNCTION refuse()");

      StepOutcome outcome = fixture.verify(verification(key, MISMATCH, UP));

      assertThat(outcome.figures())
          .containsEntry("rows", 20_000L)
          .containsEntry("mismatches", 0L)
          .containsEntry("repaired", 3L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE " + MISMATCH)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void manyWrongRowsAreRepairedByTheirRange(RowKey key) {
    try (RowsFixture fixture = filled(20_000)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id <= 6000");
      assertThat(fixture.verify(verification(key, MISMATCH, UP)).figures())
          .containsEntry("rows", 20_000L)
          .containsEntry("repaired", 6000L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE " + MISMATCH)).isZero();
    }
  }

  @Test
  void someWrongRowsAreRepairedByTheirKeysAFewAtATime() {
    try (RowsFixture fixture = filled(5_000)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id <= 1200");
      assertThat(fixture.verify(verification(BY_ID, MISMATCH, UP)).figures())
          .containsEntry("repaired", 1200L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE " + MISMATCH)).isZero();
      assertThat(ranges(fixture)).containsExactly("to the end DONE");
    }
  }

  @Test
  void aSmallTableIsComparedAtOnce() {
    try (RowsFixture fixture = filled(5_000)) {
      assertThat(fixture.verify(verification(BY_ID, MISMATCH, UP)).figures())
          .containsEntry("rows", 5_000L);
      assertThat(ranges(fixture)).containsExactly("to the end DONE");
    }
  }

  @Test
  void aSmallTableThatTakesTooLongAtOnceIsComparedInRanges() throws SQLException {
    try (RowsFixture fixture = filled(3_000)) {
      Action.Verify slow = verification(BY_ID, "pg_sleep(0.0005)::text = 'x'");
      Extent extent =
          new Extent(ByteCount.ofMebibytes(1), Duration.ofMillis(200), new Shape(1000, 64));

      StepOutcome outcome =
          new CompareRows(
                  new Verification(fixture.tools(), fixture.scope("verify/people"), slow, extent))
              .run();

      assertThat(outcome.figures()).containsEntry("rows", 3_000L);
      assertThat(ranges(fixture)).containsExactly("part DONE", "part DONE", "to the end DONE");
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void rowsThatStayWrongAreCountedAndSomeAreNamed(RowKey key) {
    try (RowsFixture fixture = filled(5_000)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id <= 9");

      ApplicationFailure failure = fixture.failureOfVerify(verification(key, MISMATCH, "'bad'"));

      assertThat(failure.getType()).isEqualTo("ROWS_DIFFER");
      assertThat(failure.getOriginalMessage())
          .startsWith("9 of 5000 rows of people differ in full against first, last: ")
          .endsWith("; …");
      assertThat(failure.getOriginalMessage().split(" = ", -1)).hasSize(6);

      fixture.execute("UPDATE people SET \"full\" = " + UP);
      assertThat(fixture.verify(verification(key, MISMATCH, UP)).figures())
          .containsEntry("rows", 5_000L)
          .containsEntry("mismatches", 0L);
    }
  }

  @Test
  void withoutARepairNothingIsChanged() {
    try (RowsFixture fixture = filled(100)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id = 42");

      assertThat(fixture.failureOfVerify(verification(BY_ID, MISMATCH)).getOriginalMessage())
          .isEqualTo("1 of 100 rows of people differ in full against first, last: id = 42");
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = 42")).isEqualTo("wrong");
    }
  }

  @Test
  void rowsOfMeanwhileAreComparedToo() {
    try (RowsFixture fixture = filled(100)) {
      fixture.execute("DELETE FROM people");
      assertThat(fixture.verify(verification(BY_ID, MISMATCH, UP)).figures())
          .containsEntry("rows", 0L);
      assertThat(fixture.count("SELECT count(*) FROM lockstep.ranges WHERE high IS NULL"))
          .isEqualTo(1);
    }
  }

  @Test
  void theRowThatCannotBeComparedIsNamed() {
    try (RowsFixture fixture = filled(5000)) {
      fixture.execute("UPDATE people SET last = 'x' WHERE id = 4321");

      ApplicationFailure failure =
          fixture.failureOfVerify(
              verification(BY_ID, "substr(last, 2)::integer + (last = 'x')::integer = -1"));

      assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
      assertThat(failure.getOriginalMessage())
          .startsWith("people row id = 4321: invalid input syntax for type integer");
    }
  }

  @Test
  void aCancelBreaksOffALongComparisonAndTheNextCallGoesOn() {
    try (RowsFixture fixture = filled(2000)) {
      Action.Verify slow = verification(BY_ID, "pg_sleep(0.1)::text = 'x'");

      fixture.cancelWhileAsleep(() -> fixture.verify(slow));

      assertThat(fixture.verify(verification(BY_ID, MISMATCH, UP)).figures())
          .containsEntry("rows", 2000L);
    }
  }

  @Test
  void aRoleWithATimeLimitComparesATableWithoutKey() {
    try (RowsFixture fixture = filled(1000);
        Databases limited = TestServer.databases()) {
      fixture.execute(
          "ALTER DATABASE " + fixture.database.name() + " SET statement_timeout = 1500");

      assertThat(
              new PostgresRowActivities(limited, () -> fixture.reporter, List.of())
                  .verify(
                      fixture.scope("verify/people"),
                      verification(BY_PLACE, "pg_sleep(0.002)::text = 'x'"))
                  .figures())
          .containsEntry("rows", 1000L);
    }
  }

  @Test
  void aWorkerThatBreaksDownIsNotTakenForOneThatIsDone() throws SQLException {
    try (RowsFixture fixture = filled(10)) {
      Shift shift = new Shift(fixture.tools(), fixture.scope("verify/people"), 0, 0);
      FailingWork broken =
          new FailingWork(
              session -> {
                throw new StackOverflowError("too deep");
              });

      assertThatThrownBy(
              () ->
                  shift.work(
                      Portion.of(
                          new Part(
                              new WalkedTable(PEOPLE, BY_ID, 180000),
                              new StepLedger(new RunKey("full-name/1"), "verify/people")),
                          List.of(RangeRecord.fresh(0, Optional.empty(), Optional.empty()))),
                      (part, pace) -> broken))
          .hasMessageContaining("too deep");
    }
  }

  @Test
  void onlyRangesThatAreNotDoneAreComparedAgain() throws SQLException {
    try (RowsFixture fixture = filled(3000)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id = 1");
      assertThatThrownBy(() -> inThousands(fixture, verification(BY_ID, MISMATCH)).run())
          .hasMessageContaining("1 of 3000 rows");
      List<String> states =
          fixture.jdbi.withHandle(
              handle ->
                  handle
                      .createQuery("SELECT state FROM lockstep.ranges ORDER BY number")
                      .mapTo(String.class)
                      .list());
      assertThat(states).containsExactly("OPEN", "DONE", "DONE");

      fixture.execute("DELETE FROM people WHERE id > 2990");
      Action.Verify repairing = verification(BY_ID, MISMATCH, UP);

      assertThat(inThousands(fixture, repairing).run().figures())
          .containsEntry("rows", 3000L)
          .containsEntry("repaired", 1L);
    }
  }

  @Test
  void pagesAreReadOnceForARangeAlsoWhereEveryRowWasJustRewritten() throws SQLException {
    try (RowsFixture fixture = RowsFixture.withPeople(20_000)) {
      fixture.execute(
          "ALTER TABLE people SET (autovacuum_enabled = off)",
          "ANALYZE people",
          "UPDATE people SET \"full\" = " + UP);
      // A server process tells its figures when it ends: those of the update would come later.
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> rowsUpdated(fixture) == 20_000);
      fixture.execute("SELECT pg_stat_reset_single_table_counters('people'::regclass)");

      try (Databases closed = TestServer.databases()) {
        Shift.Tools tools =
            new Shift.Tools(closed.open(fixture.database), fixture.reporter, HealthSignals.NONE);
        Action.Verify action = verification(BY_ID, MISMATCH, UP);
        new CompareRows(fixture.inThousands(tools, "verify/people", action)).run();
      }

      // A server process tells its figures when it ends.
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> pagesRead(fixture) > 0);
      // Once to split the rows into ranges, once to compare them, and what two ranges share; in the
      // order of the index it is once a row and more.
      assertThat(pagesRead(fixture)).isLessThan(4 * pages(fixture)).isLessThan(20_000);
    }
  }

  private static List<String> ranges(RowsFixture fixture) {
    return fixture.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT CASE WHEN high IS NULL THEN 'to the end ' ELSE 'part ' END || state"
                        + " FROM lockstep.ranges ORDER BY step_id, number")
                .mapTo(String.class)
                .list());
  }

  private static long pages(RowsFixture fixture) {
    return fixture.count(
        "SELECT pg_relation_size('people') / current_setting('block_size')::bigint");
  }

  private static long rowsUpdated(RowsFixture fixture) {
    return fixture.count("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'people'");
  }

  private static long pagesRead(RowsFixture fixture) {
    return fixture.count(
        "SELECT heap_blks_read + heap_blks_hit FROM pg_statio_user_tables WHERE relname = 'people'");
  }

  private static CompareRows inThousands(RowsFixture fixture, Action.Verify action) {
    return new CompareRows(fixture.inThousands("verify/people", action));
  }
}
