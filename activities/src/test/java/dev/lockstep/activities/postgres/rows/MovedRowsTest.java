package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.dialect.RealPlan;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Rows that a client changes while they are filled out of sight, and then moves from what is yet to
 * be compared to what has been. The comparison stops between the two at a row that {@code up} fails
 * on, until the client puts that right.
 */
final class MovedRowsTest {
  private static final String UP = "first || ' ' || (100 / share)::text";
  private static final String ADDED =
      RealPlan.definition(
          "addColumn: {table: people, column: {name: full, type: text}, up: \"" + UP + "\"}");

  /** Walked one range at a time, in order. */
  private static RowsFixture people(String... creation) {
    RowsFixture fixture = new RowsFixture();
    fixture.limits = RowsFixture.limits(Duration.ofMillis(20), 1);
    fixture.execute(creation);
    fixture.execute(
        "INSERT INTO people SELECT n, n / 1001, 'f' || n, 1 FROM generate_series(1, 3000) AS n");
    return fixture;
  }

  @Test
  void aRowThatTakesAKeyAmongThoseComparedIsRight() throws SQLException {
    try (RowsFixture fixture =
        people(
            "CREATE TABLE people (id bigint PRIMARY KEY, born integer, first text, share integer)")) {
      changedAndMoved(fixture, "UPDATE people SET id = -5 WHERE id = 2400");

      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = -5"))
          .isEqualTo("changed 100");
    }
  }

  @Test
  void aRowWithoutAKeyThatGoesToAPartitionAlreadyComparedIsRight() throws SQLException {
    try (RowsFixture fixture =
        people(
            "CREATE TABLE people (id bigint, born integer, first text, share integer)"
                + " PARTITION BY RANGE (born)",
            "CREATE TABLE people_0 PARTITION OF people FOR VALUES FROM (0) TO (2)",
            "CREATE TABLE people_2 PARTITION OF people FOR VALUES FROM (2) TO (4)")) {
      changedAndMoved(fixture, "UPDATE people SET born = 0 WHERE id = 2400");

      assertThat(fixture.value("SELECT \"full\" FROM people_0 WHERE id = 2400"))
          .isEqualTo("changed 100");
    }
  }

  private static void changedAndMoved(RowsFixture fixture, String move) throws SQLException {
    Plan plan = fixture.jdbi.withHandle(handle -> RealPlan.of(handle, ADDED));
    statements(fixture, plan, "expand/people-columns");
    fixture
        .activities()
        .backfill(
            fixture.scope("migrate/people-backfill"),
            (Action.Backfill) step(plan, "migrate/people-backfill").action());
    fixture.execute(
        "UPDATE people SET first = 'changed' WHERE id = 2400",
        "UPDATE people SET share = 0 WHERE id = 2500");
    statements(fixture, plan, "migrate/people-follow");

    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> compare(fixture, plan));
    assertThat(refused.getType()).isEqualTo("ROW_REFUSED");
    assertThat(
            fixture.value(
                "SELECT state FROM lockstep.ranges WHERE step_id LIKE 'migrate/people-catch-up%'"
                    + " ORDER BY step_id, number LIMIT 1"))
        .as("what the row moves to")
        .isEqualTo(RangeRecord.State.DONE.name());

    fixture.execute(move, "UPDATE people SET share = 1 WHERE id = 2500");
    compare(fixture, plan);
    statements(fixture, plan, "migrate/people-show");
    fixture
        .activities()
        .verify(
            fixture.scope("verify/people-rows"),
            (Action.Verify) step(plan, "verify/people-rows").action());
    assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" <> " + UP)).isZero();
  }

  private static void compare(RowsFixture fixture, Plan plan) throws SQLException {
    String id = "migrate/people-catch-up";
    new CompareRows(fixture.inThousands(id, (Action.Verify) step(plan, id).action())).run();
  }

  private static void statements(RowsFixture fixture, Plan plan, String id) {
    ((Action.Statements) step(plan, id).action()).sql().forEach(fixture::execute);
  }

  private static PlannedStep step(Plan plan, String id) {
    return plan.steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
