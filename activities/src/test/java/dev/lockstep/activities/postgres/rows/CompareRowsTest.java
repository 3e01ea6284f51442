package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_ID;
import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_PLACE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.health.HealthSignals;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Action.Assignment;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  static Action.Verify verification(RowKey key, String mismatch, String... repair) {
    return new Action.Verify(
        PEOPLE,
        key,
        mismatch,
        Stream.of(repair).map(up -> new Assignment("full", up)).toList(),
        "full against first, last",
        1000);
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
    try (RowsFixture fixture = filled(5_000)) {
      fixture.execute("UPDATE people SET \"full\" = 'wrong' WHERE id <= 900");
      assertThat(fixture.verify(verification(key, MISMATCH, UP)).figures())
          .containsEntry("repaired", 900L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE " + MISMATCH)).isZero();
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
      CompletableFuture<StepOutcome> verify =
          CompletableFuture.supplyAsync(
              () -> fixture.verify(verification(BY_ID, "pg_sleep(0.1)::text = 'x'")));
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.count(
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                      > 0);

      fixture.reporter.cancel();

      assertThatThrownBy(verify::join).hasCauseInstanceOf(ActivityCanceledException.class);
      fixture.reporter = new RecordingReporter();
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
      Shift shift =
          new Shift(
              new Shift.Tools(fixture.jdbi, fixture.reporter, HealthSignals.NONE),
              fixture.scope("verify/people"),
              0,
              0);
      RangeCrew.Work broken =
          new RangeCrew.Work() {
            @Override
            public void on(Session session, RangeRecord range) {
              throw new StackOverflowError("too deep");
            }

            @Override
            public boolean interruptible() {
              return false;
            }
          };

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

  private static CompareRows inThousands(RowsFixture fixture, Action.Verify action) {
    return new CompareRows(
        new Shift.Tools(fixture.jdbi, fixture.reporter, HealthSignals.NONE),
        fixture.scope("verify/people"),
        action,
        new Shape(1000, 64));
  }
}
