package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_ID;
import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_PLACE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.filling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FillRowsUnderFaultRealIT {
  /** Each batch takes its time, so that there is a middle. */
  private static final String SLOW = "first || pg_sleep(0.0005)::text || gen_random_uuid()";

  static Stream<RowKey> walks() {
    return Stream.of(BY_ID, BY_PLACE);
  }

  @ParameterizedTest
  @MethodSource("walks")
  void theOneRowThatCannotBeComputedIsNamed(RowKey key) {
    try (RowsFixture fixture = RowsFixture.withPeople(5000)) {
      fixture.execute("UPDATE people SET last = 'zero' WHERE id = 4321");
      String up = "(1 / (CASE WHEN last = 'zero' THEN 0 ELSE 1 END))::text";

      ApplicationFailure failure = fixture.failureOfFill(filling(key, up));

      String place = fixture.value("SELECT ctid::text FROM people WHERE id = 4321");
      String name = key.physical() ? "ctid = " + place : "id = 4321";
      assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(failure.getOriginalMessage())
          .isEqualTo("people row " + name + ": division by zero (SQLSTATE 22012)");
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = 4320")).isEqualTo("1");
      assertThat(fixture.count("SELECT sum(rows) FROM lockstep.ranges"))
          .isEqualTo(fixture.count("SELECT count(\"full\") FROM people"));

      fixture.execute("UPDATE people SET last = '' WHERE id = 4321");
      assertThat(fixture.fill(filling(key, up)).figures())
          .containsEntry("rows", 5000L)
          .containsEntry("batchesRepeated", 0L);
    }
  }

  @Test
  void aRowThatBreaksACheckIsNamedToo() {
    try (RowsFixture fixture = RowsFixture.withPeople(500)) {
      fixture.execute("ALTER TABLE people ADD CHECK (\"full\" <> 'f77 l77')");

      assertThat(fixture.failureOfFill(filling("first || ' ' || last")).getOriginalMessage())
          .startsWith("people row id = 77: new row for relation \"people\" violates check");
    }
  }

  @Test
  void aLockedRowHoldsUpOnlyItsOwnRange() throws SQLException {
    try (RowsFixture fixture = RowsFixture.withPeople(60_000);
        Connection other = TestServer.connect(fixture.database, "web")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "SELECT FROM people WHERE id = 30000 FOR UPDATE");

      ApplicationFailure failure = fixture.failureOfFill(filling("first"));

      assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure.getOriginalMessage())
          .startsWith("lock on people row id = 30000 not acquired within 300 ms, held by pid ")
          .contains("(web, idle in transaction for ");
      assertThat(fixture.count("SELECT count(*) FROM lockstep.ranges WHERE state <> 'DONE'"))
          .isEqualTo(1);
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = 29999")).isEqualTo("f29999");

      other.rollback();
      assertThat(fixture.fill(filling("first")).figures())
          .containsEntry("rows", 60_000L)
          .containsEntry("batchesRepeated", 0L);
    }
  }

  @Test
  void aClientAndABatchThatWaitForEachOtherDoNotDeadlock() throws SQLException {
    try (RowsFixture fixture = RowsFixture.withPeople(2000);
        Connection other = TestServer.connect(fixture.database, "web")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "UPDATE people SET last = 'mine' WHERE id = 150");
      CompletableFuture<StepOutcome> fill =
          CompletableFuture.supplyAsync(() -> fixture.fill(filling(SLOW)));
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0
                      || fill.isDone());

      TestServer.execute(other, "UPDATE people SET last = 'mine' WHERE id = 1");
      other.commit();

      assertThat(fill).succeedsWithin(Duration.ofSeconds(30));
      assertThat(fixture.count("SELECT count(*) FROM people WHERE last = 'mine'")).isEqualTo(2);
    }
  }

  @Test
  void aCancelledStepStopsAndGoesOnWithoutComputingARowAgain() {
    try (RowsFixture fixture = RowsFixture.withPeople(6000)) {
      CompletableFuture<StepOutcome> fill =
          CompletableFuture.supplyAsync(() -> fixture.fill(filling(SLOW)));
      awaitFilled(fixture, 200);

      fixture.reporter.cancel();

      assertThatThrownBy(fill::join).hasCauseInstanceOf(ActivityCanceledException.class);
      fixture.execute("CREATE TABLE before AS SELECT id, \"full\" FROM people");
      assertThat(fixture.count("SELECT count(*) FROM before WHERE \"full\" IS NULL")).isPositive();
      assertThat(fixture.count("SELECT count(*) FROM lockstep.ranges WHERE state = 'IN_FLIGHT'"))
          .isZero();

      fixture.reporter = new RecordingReporter();
      fixture.limits = RowsFixture.limits(Duration.ofMillis(60), 1);
      assertThat(fixture.fill(filling("gen_random_uuid()::text")).figures())
          .containsEntry("rows", 6000L)
          .containsEntry("batchesRepeated", 0L);
      assertThat(changedSince(fixture)).isZero();
    }
  }

  @Test
  void aCutConnectionLosesAtMostTheBatchOfEachRange() {
    try (RowsFixture fixture = RowsFixture.withPeople(6000)) {
      CompletableFuture<ApplicationFailure> fill =
          CompletableFuture.supplyAsync(() -> fixture.failureOfFill(filling(SLOW)));
      awaitFilled(fixture, 200);

      // Only sessions in the middle of a batch.
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.count(
                          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                              + " WHERE application_name = 'lockstep' AND state = 'active'"
                              + " AND wait_event = 'PgSleep'")
                      > 0);

      assertThat(fill.join().getType()).isEqualTo("SERVER_UNREACHABLE");
      fixture.execute("CREATE TABLE before AS SELECT id, \"full\" FROM people");
      StepOutcome outcome = fixture.fill(filling("gen_random_uuid()::text"));
      assertThat(outcome.figures()).containsEntry("rows", 6000L);
      assertThat(outcome.figures().get("batchesRepeated")).isBetween(1L, 2L);
      assertThat(changedSince(fixture)).isZero();
    }
  }

  @Test
  void clientsThatWriteMeanwhileLoseNothing() {
    try (RowsFixture fixture = RowsFixture.withPeople(5000)) {
      fixture.execute(
          """
          CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN NEW."full" := NEW.first || ' ' || NEW.last; RETURN NEW; END $$\
          """,
          "CREATE TRIGGER zz_insert BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION follow()",
          "CREATE TRIGGER zz_update BEFORE UPDATE ON people FOR EACH ROW WHEN"
              + " (current_setting('lockstep.backfill', true) IS DISTINCT FROM 'on'"
              + " AND (OLD.first, OLD.last) IS DISTINCT FROM (NEW.first, NEW.last))"
              + " EXECUTE FUNCTION follow()");
      AtomicBoolean writing = new AtomicBoolean(true);
      CompletableFuture<Long> clients =
          CompletableFuture.supplyAsync(() -> writeWhile(fixture, writing));

      StepOutcome outcome = fixture.fill(filling("first || pg_sleep(0.0001)::text || ' ' || last"));
      writing.set(false);

      assertThat(clients.join()).isPositive();
      assertThat(outcome.figures().get("rows")).isBetween(1L, 5000L);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM people WHERE \"full\" IS DISTINCT FROM first || ' ' ||"
                      + " last"))
          .isZero();
    }
  }

  @Test
  void rowsThatAChangeOfKeyCarriedBehindTheWalkersAreFoundAtTheEnd() throws SQLException {
    try (RowsFixture fixture = RowsFixture.withPeople(1000);
        Connection other = TestServer.connect(fixture.database, "web")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "UPDATE people SET id = -1 WHERE id = 900");
      assertThat(fixture.failureOfFill(filling("first")).getType()).isEqualTo("LOCK_NOT_ACQUIRED");

      other.commit();

      StepOutcome outcome = fixture.fill(filling("first"));
      assertThat(outcome.figures()).containsEntry("rows", 1000L);
      assertThat(fixture.value("SELECT \"full\" FROM people WHERE id = -1")).isEqualTo("f900");
      assertThat(
              fixture.count(
                  "SELECT sum(rows) FROM lockstep.ranges WHERE step_id LIKE '%/closing-1'"))
          .isEqualTo(1);
    }
  }

  @Test
  void anUnhealthyDatabaseHoldsBatchesBackAndIsToldOf() {
    try (RowsFixture fixture = RowsFixture.withPeople(1000)) {
      FakeSignal fake =
          new FakeSignal(Optional.of("replica east is 9000 ms behind, limit 5000 ms"));
      fixture.signals.add(fake);
      CompletableFuture<StepOutcome> fill =
          CompletableFuture.supplyAsync(() -> fixture.fill(filling("first")));

      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> fixture.reporter.told().size() > 5);
      assertThat(fixture.reporter.reasons())
          .contains("replica east is 9000 ms behind, limit 5000 ms");
      assertThat(fixture.count("SELECT count(\"full\") FROM people")).isZero();

      fake.set(Optional.empty());
      assertThat(fill).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void aRateIsAReasonOfItsOwn() {
    try (RowsFixture fixture = RowsFixture.withPeople(600)) {
      fixture.limits =
          new Limits(
              Duration.ofMillis(300),
              Duration.ofMillis(20),
              Optional.of(new Rate(500)),
              Optional.empty(),
              2);

      assertThat(fixture.fill(filling("first")).figures()).containsEntry("rows", 600L);
      assertThat(fixture.reporter.reasons()).contains("limit of 500/s rows");
      assertThat(fixture.reporter.told())
          .anySatisfy(told -> assertThat(told.readings()).containsKey(Progress.BATCH_ROWS));
    }
  }

  @Test
  void aMissingColumnIsNobodysRow() {
    try (RowsFixture fixture = RowsFixture.withPeople(10)) {
      ApplicationFailure failure = fixture.failureOfFill(filling("middle"));

      assertThat(failure.getType()).isEqualTo("OBJECT_UNEXPECTED");
      assertThat(failure.getOriginalMessage()).contains("column \"middle\" does not exist");
    }
  }

  private static void awaitFilled(RowsFixture fixture, int rows) {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> fixture.count("SELECT count(\"full\") FROM people") >= rows);
  }

  private static long changedSince(RowsFixture fixture) {
    return fixture.count(
        "SELECT count(*) FROM before JOIN people USING (id)"
            + " WHERE before.\"full\" IS NOT NULL AND before.\"full\" <> people.\"full\"");
  }

  private static long writeWhile(RowsFixture fixture, AtomicBoolean writing) {
    long writes = 0;
    List<String> kinds =
        List.of(
            "INSERT INTO people SELECT 1000000 + %1$d, 'new', 'one'",
            "UPDATE people SET last = 'changed' WHERE id = 1 + %1$d * 37 %% 5000",
            "DELETE FROM people WHERE id = 1 + %1$d * 41 %% 5000",
            "UPDATE people SET id = -id WHERE id = 1 + %1$d * 43 %% 5000");
    try (Connection connection = TestServer.connect(fixture.database, "web")) {
      while (writing.get()) {
        int kind = (int) (writes % kinds.size());
        TestServer.execute(connection, kinds.get(kind).formatted(writes));
        writes++;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return writes;
  }
}
