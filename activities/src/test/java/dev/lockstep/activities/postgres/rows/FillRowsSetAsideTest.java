package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_ID;
import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_PLACE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.filling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows whose new value cannot be computed. */
final class FillRowsSetAsideTest {
  private static final String DIVIDES =
      "(1 / (CASE WHEN last = 'zero' THEN 0 ELSE 1 END))::text || gen_random_uuid()";
  private static final String POISON = "SELECT count(*) FROM lockstep.poison_rows";

  static Stream<RowKey> walks() {
    return Stream.of(BY_ID, BY_PLACE);
  }

  @ParameterizedTest
  @MethodSource("walks")
  void allOfThemAreNamedAtOnceAndAllOthersAreFilled(RowKey key) {
    try (RowsFixture fixture = RowsFixture.withPeople(5000)) {
      fixture.execute("UPDATE people SET last = 'zero' WHERE id IN (7, 8, 2500, 5000)");

      ApplicationFailure failure = fixture.failureOfFill(filling(key, DIVIDES));

      assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
      assertThat(failure.getOriginalMessage())
          .startsWith("4 rows are refused, all others are done: people row ")
          .hasLineCount(1);
      assertThat(failure.getOriginalMessage().split("division by zero", -1)).hasSize(5);
      assertThat(fixture.count("SELECT count(\"full\") FROM people")).isEqualTo(4996);

      fixture.execute(
          "CREATE TABLE before AS SELECT id, \"full\" FROM people",
          "UPDATE people SET last = '' WHERE id IN (7, 2500)");
      assertThat(fixture.failureOfFill(filling(key, DIVIDES)).getOriginalMessage())
          .startsWith("2 rows are refused");
      fixture.execute("UPDATE people SET last = '' WHERE id IN (8, 5000)");
      assertThat(fixture.fill(filling(key, DIVIDES)).figures())
          .containsEntry("rows", 5000L)
          .containsEntry("batchesRepeated", 0L);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM before JOIN people USING (id)"
                      + " WHERE before.\"full\" <> people.\"full\""))
          .isZero();
    }
  }

  @Test
  void whoPutsTheRowRightInTimeSeesNoFault() {
    try (RowsFixture fixture = RowsFixture.withPeople(4000)) {
      fixture.execute("UPDATE people SET last = 'zero' WHERE id = 70");
      CompletableFuture<StepOutcome> fill =
          CompletableFuture.supplyAsync(
              () -> fixture.fill(filling(DIVIDES + " || pg_sleep(0.0005)::text")));
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> fixture.count(POISON) == 1 || fill.isDone());

      fixture.execute("UPDATE people SET last = '' WHERE id = 70");

      assertThat(fill).succeedsWithin(Duration.ofSeconds(60));
      assertThat(fill.join().figures()).containsEntry("rows", 4000L);
      assertThat(fixture.reporter.reasons())
          .contains(
              "set aside, to be tried again: people row id = 70: division by zero"
                  + " (SQLSTATE 22012)");
    }
  }

  @Test
  void anExpressionThatFailsEverywhereEndsTheStepSoon() {
    try (RowsFixture fixture = RowsFixture.withPeople(3000)) {
      fixture.execute("UPDATE people SET last = 'zero'");

      ApplicationFailure failure = fixture.failureOfFill(filling(DIVIDES));

      assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
      assertThat(failure.getOriginalMessage())
          .startsWith("more than 100 rows are refused; the last one: people row id = ");
      assertThat(fixture.count(POISON)).isBetween(101L, 110L);
    }
  }

  @Test
  void theLedgerOfAnEarlierVersionGetsItsNewTables() {
    try (RowsFixture fixture = RowsFixture.withPeople(100)) {
      fixture.execute("DROP TABLE lockstep.poison_rows, lockstep.pulse, lockstep.ended_sessions");
      fixture.execute("UPDATE people SET last = 'zero' WHERE id = 70");

      assertThat(fixture.failureOfFill(filling(DIVIDES)).getOriginalMessage())
          .startsWith("people row id = 70: division by zero");
      assertThat(fixture.count(POISON)).isPositive();
      assertThat(fixture.count("SELECT count(*) FROM lockstep.pulse")).isZero();
    }
  }
}
