package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.PEOPLE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.filling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backfill and verification of a table whose rows are in partitions of two levels. */
final class PartitionedRowsTest {
  private static final RowKey BY_KEY =
      new RowKey(List.of(new KeyColumn("id", "bigint"), new KeyColumn("born", "integer")));
  private static final RowKey BY_PLACE = new RowKey(List.of());
  private static final String UP = "people.first || ' ' || last";
  private static final String MISMATCH = "\"full\" IS DISTINCT FROM " + UP;
  private static final int ROWS = 3000;

  static Stream<RowKey> walks() {
    return Stream.of(BY_KEY, BY_PLACE);
  }

  /** Rows {@code id} 1 to 3000 with {@code born} from 0 to 29. */
  private static RowsFixture people() {
    RowsFixture fixture = new RowsFixture();
    fixture.execute(
        "CREATE TABLE people (id bigint, born integer, first text, last text, PRIMARY KEY (id,"
            + " born)) PARTITION BY RANGE (born)",
        "CREATE TABLE people_0 PARTITION OF people FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE people_10 PARTITION OF people FOR VALUES FROM (10) TO (20)"
            + " PARTITION BY HASH (id)",
        "CREATE TABLE people_10a PARTITION OF people_10 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE SCHEMA other",
        "CREATE TABLE other.people_10b PARTITION OF people_10"
            + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "CREATE TABLE people_50 PARTITION OF people FOR VALUES FROM (50) TO (60)",
        "CREATE TABLE people_rest PARTITION OF people DEFAULT",
        "INSERT INTO people SELECT n, n %% 30, 'f' || n, 'l' || n FROM generate_series(1, %d) AS n"
            .formatted(ROWS),
        "ALTER TABLE people ADD COLUMN \"full\" text");
    return fixture;
  }

  private static Action.Verify verification(RowKey key, String... repair) {
    return RowsFixture.verification(key, MISMATCH, repair);
  }

  private static long wrong(RowsFixture fixture) {
    return fixture.count("SELECT count(*) FROM people WHERE " + MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("walks")
  void everyPartitionIsFilledAndComparedByItself(RowKey key) {
    try (RowsFixture fixture = people()) {
      StepOutcome filled = fixture.fill(filling(key, UP));
      StepOutcome verified = fixture.verify(verification(key, UP));

      assertThat(filled.figures())
          .containsEntry("rows", (long) ROWS)
          .containsEntry("batchesRepeated", 0L)
          .containsKey("tableGrowthBytes");
      assertThat(verified.figures())
          .containsEntry("rows", (long) ROWS)
          .containsEntry("mismatches", 0L)
          .containsEntry("repaired", 0L);
      assertThat(wrong(fixture)).isZero();
      assertThat(
              fixture.value(
                  "SELECT string_agg(DISTINCT step_id, ',' ORDER BY step_id) FROM lockstep.ranges"
                      + " WHERE step_id LIKE 'migrate/people/partition%'"))
          .isEqualTo(
              "migrate/people/partition other.people_10b,migrate/people/partition people_0,"
                  + "migrate/people/partition people_10a,migrate/people/partition people_rest");
      assertThat(fixture.fill(filling(key, UP)).alreadyDone()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void wrongRowsOfAnyPartitionAreRepaired(RowKey key) {
    try (RowsFixture fixture = people()) {
      fixture.execute(
          "UPDATE people SET \"full\" = " + UP,
          "UPDATE people SET \"full\" = 'wrong' WHERE id IN (1, 45, 46, 2999)");

      assertThat(fixture.verify(verification(key, UP)).figures())
          .containsEntry("rows", (long) ROWS)
          .containsEntry("repaired", 4L);
      assertThat(wrong(fixture)).isZero();
    }
  }

  @Test
  void rowsThatStayWrongAreNamedWithTheirPartition() {
    try (RowsFixture fixture = people()) {
      fixture.execute(
          "UPDATE people SET \"full\" = " + UP,
          "UPDATE people SET \"full\" = 'wrong' WHERE id IN (1, 25)");

      assertThat(fixture.failureOfVerify(verification(BY_KEY)).getOriginalMessage())
          .startsWith("2 of 3000 rows of people differ in full against first, last: ")
          .contains("id = 1, born = 1 in partition people_0")
          .contains("id = 25, born = 25 in partition people_rest");
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void aRowThatIsRefusedIsNamedWithItsPartition(RowKey key) {
    try (RowsFixture fixture = people()) {
      fixture.execute("UPDATE people SET last = 'zero' WHERE id IN (1, 25)");
      String divides = "(1 / (CASE WHEN people.last = 'zero' THEN 0 ELSE 1 END))::text";

      ApplicationFailure failure = fixture.failureOfFill(filling(key, divides));

      assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
      assertThat(failure.getOriginalMessage())
          .startsWith("2 rows are refused, all others are done: ")
          .contains("people, partition people_0, row ")
          .contains("people, partition people_rest, row ")
          .contains("division by zero");
      assertThat(fixture.count("SELECT count(\"full\") FROM people")).isEqualTo(ROWS - 2);

      fixture.execute("UPDATE people SET last = 'one' WHERE id IN (1, 25)");
      assertThat(fixture.fill(filling(key, divides)).figures()).containsEntry("rows", (long) ROWS);
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void partitionsComeAndGoAndRowsMoveBetweenTwoCalls(RowKey key) throws SQLException {
    try (RowsFixture fixture = people();
        Connection other = TestServer.connect(fixture.database, "web")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "SELECT FROM people WHERE id IN (25, 29) FOR UPDATE");
      assertThat(fixture.failureOfFill(filling(key, UP)).getType()).isEqualTo("LOCK_NOT_ACQUIRED");
      other.rollback();
      long left = fixture.count("SELECT count(*) FROM people_rest WHERE \"full\" IS NULL");
      assertThat(left).isPositive();

      fixture.execute(
          "CREATE TABLE people_40 (LIKE people)",
          "INSERT INTO people_40 SELECT n, 40, 'f', 'l' FROM generate_series(5001, 5500) AS n",
          "ALTER TABLE people ATTACH PARTITION people_40 FOR VALUES FROM (40) TO (50)",
          "ALTER TABLE people DETACH PARTITION people_0",
          "DROP TABLE people_50",
          "UPDATE people SET born = 14 WHERE id = 29");
      fixture.fill(filling(key, UP));

      assertThat(wrong(fixture)).isZero();
      assertThat(fixture.count("SELECT count(*) FROM people WHERE born = 40")).isEqualTo(500);
      long rows = fixture.count("SELECT count(*) FROM people");
      assertThat(fixture.verify(verification(key)).figures()).containsEntry("rows", rows);
    }
  }

  @Test
  void aWalkThatIsCutGoesOnInEveryPartition() {
    try (RowsFixture fixture = people()) {
      CompletableFuture<ApplicationFailure> cut =
          CompletableFuture.supplyAsync(
              () -> fixture.failureOfFill(filling(BY_KEY, UP + " || pg_sleep(0.002)::text")));
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
          .until(() -> fixture.count("SELECT count(\"full\") FROM people") > 200);
      // Again where all of them are between two statements.
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
          .until(
              () ->
                  fixture.count(
                          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                              + " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                              + " AND state = 'active' AND query LIKE '%lockstep_changed = ROW_COUNT%'")
                      > 0);
      assertThat(cut.join().isNonRetryable()).isFalse();
      long left = fixture.count("SELECT count(*) FROM people WHERE \"full\" IS NULL");
      assertThat(left).isPositive();

      StepOutcome outcome = fixture.fill(filling(BY_KEY, UP));

      assertThat(outcome.figures()).containsEntry("rows", (long) ROWS);
      assertThat(outcome.figures().get("batchesRepeated")).isBetween(0L, 2L);
      assertThat(wrong(fixture)).isZero();
    }
  }

  @Test
  void aPartitionThatIsDetachedUnderAWorkerIsDone() throws SQLException {
    try (RowsFixture fixture = people();
        Handle handle = fixture.jdbi.open()) {
      Part part = walked(fixture);
      FailingWork failing =
          new FailingWork(
              session -> {
                fixture.execute("DROP TABLE people_0");
                session.rows("SELECT count(*) FROM people_0");
              });

      new PartWork(part, failing).on(Session.over(handle), ranges(fixture, part).get(0));

      assertThat(ranges(fixture, part))
          .extracting(RangeRecord::state)
          .containsOnly(RangeRecord.State.DONE);
    }
  }

  @Test
  void theFaultOfAPartitionThatIsStillThereStays() throws SQLException {
    try (RowsFixture fixture = people();
        Handle handle = fixture.jdbi.open()) {
      Part part = walked(fixture);
      FailingWork failing = new FailingWork(session -> session.rows("SELECT 1 / 0"));

      assertThatThrownBy(
              () ->
                  new PartWork(part, failing)
                      .on(Session.over(handle), ranges(fixture, part).get(0)))
          .hasMessageContaining("division by zero");
      assertThat(ranges(fixture, part))
          .extracting(RangeRecord::state)
          .containsOnly(RangeRecord.State.OPEN);
    }
  }

  private static Part walked(RowsFixture fixture) throws SQLException {
    StepFrame frame = frame(fixture);
    frame.begin();
    Parts parts = new Parts(fixture.jdbi, frame, PEOPLE, BY_KEY);
    List<Part> all = parts.now(frame.ledger());
    parts.portions(
        all, (part, session) -> new RangeSplitter(part.table(), FillRows.SHAPE).split(session));
    return all.get(0);
  }

  private static List<RangeRecord> ranges(RowsFixture fixture, Part part) {
    return frame(fixture).ranges(part.ledger());
  }

  private static StepFrame frame(RowsFixture fixture) {
    return new StepFrame(fixture.tools(), fixture.scope("migrate/people"));
  }
}
