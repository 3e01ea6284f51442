package dev.lockstep.activities.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Indexes of a table with partitions of two levels. */
final class PartitionedIndexTest {
  private static final TableName EVENTS = new TableName("public", "events");
  private static final Action.BuildIndex BUILD =
      new Action.BuildIndex(
          EVENTS,
          "by_kind",
          "CREATE INDEX by_kind ON ONLY public.events (kind, lower(kind)) WHERE kind <> ''");
  private static final Action.RemoveIndex REMOVE =
      new Action.RemoveIndex(EVENTS, "by_kind", "DROP INDEX IF EXISTS public.by_kind");

  private final SchemaFixture fixture = new SchemaFixture();

  @BeforeEach
  void open() {
    TestServer.execute(
        fixture.database,
        "CREATE TABLE events (id bigint, at integer, kind text) PARTITION BY RANGE (at)",
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20)"
            + " PARTITION BY HASH (id)",
        "CREATE TABLE events_2a PARTITION OF events_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE SCHEMA other",
        "CREATE TABLE other.events_2b PARTITION OF events_2"
            + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "CREATE TABLE events_rest PARTITION OF events DEFAULT",
        "INSERT INTO events SELECT n, n % 30, 'k' || n % 7 FROM generate_series(1, 1000) AS n");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private StepOutcome build(Action.BuildIndex action) {
    return fixture.activities.buildIndex(fixture.scope("index"), action);
  }

  private StepOutcome undo() {
    return fixture.activities.undoBuildIndex(fixture.scope("index"), REMOVE);
  }

  private String indexes(String condition) {
    return fixture
        .value(
            "SELECT string_agg(c.relname, ',' ORDER BY c.relname) FROM pg_index i"
                + " JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname ~ '^by_kind' AND "
                + condition)
        .orElse("");
  }

  @Test
  void everyPartitionHasItsPartAndTheWholeIsValid() {
    StepOutcome first = build(BUILD);

    assertThat(first.alreadyDone()).isFalse();
    assertThat(first.figures().get("bytes")).isPositive();
    assertThat(indexes("i.indisvalid"))
        .isEqualTo(
            "by_kind,by_kind_events_1,by_kind_events_2,by_kind_events_2a,by_kind_events_2b,"
                + "by_kind_events_rest");
    assertThat(build(BUILD).alreadyDone()).isTrue();
    assertThat(fixture.value("SELECT pg_get_indexdef('other.by_kind_events_2b'::regclass)"))
        .contains(
            "CREATE INDEX by_kind_events_2b ON other.events_2b USING btree (kind, lower(kind))"
                + " WHERE (kind <> ''::text)");
  }

  @Test
  void aCutBuildGoesOnWhereItWas() {
    TestServer.execute(
        fixture.database,
        "CREATE INDEX by_kind ON ONLY events (kind)",
        "CREATE INDEX by_kind_events_1 ON events_1 (kind)",
        "ALTER INDEX by_kind ATTACH PARTITION by_kind_events_1",
        "CREATE INDEX by_kind_events_2 ON ONLY events_2 (kind)",
        "CREATE INDEX by_kind_events_2a ON events_2a (kind)",
        "CREATE INDEX by_kind_events_rest ON events_rest (kind)",
        "UPDATE pg_index SET indisvalid = false"
            + " WHERE indexrelid = 'by_kind_events_rest'::regclass",
        "INSERT INTO lockstep.steps (run_id, step_id, state)"
            + " VALUES ('change-orders/1', 'index', 'STARTED')");
    String kept = "SELECT 'by_kind_events_2a'::regclass::oid::text";
    String before = fixture.value(kept).orElseThrow();

    build(BUILD);

    assertThat(indexes("NOT i.indisvalid")).isEmpty();
    assertThat(indexes("true").split(",")).hasSize(6);
    assertThat(fixture.value(kept)).contains(before);
  }

  @Test
  void aBuildThatIsTakenBackHalfWayLeavesNothing() {
    build(BUILD);
    TestServer.execute(
        fixture.database,
        "DROP INDEX by_kind",
        "CREATE INDEX by_kind ON ONLY events (kind)",
        "CREATE INDEX by_kind_events_1 ON events_1 (kind)",
        "ALTER INDEX by_kind ATTACH PARTITION by_kind_events_1",
        "CREATE INDEX by_kind_events_2 ON ONLY events_2 (kind)",
        "CREATE INDEX by_kind_events_2a ON events_2a (kind)",
        "ALTER INDEX by_kind_events_2 ATTACH PARTITION by_kind_events_2a",
        "CREATE INDEX by_kind_events_rest ON events_rest (kind)");

    assertThat(undo().alreadyDone()).isFalse();

    assertThat(indexes("true")).isEmpty();
    assertThat(undo().alreadyDone()).isTrue();
  }

  @Test
  void anIndexOfAPartitionThatWasThereIsNotTakenOver() {
    TestServer.execute(fixture.database, "CREATE INDEX by_kind_events_rest ON events_rest (id)");

    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> build(BUILD));

    assertThat(failure.getType()).isEqualTo("OBJECT_UNEXPECTED");
    assertThat(undo().alreadyDone()).isTrue();
    assertThat(indexes("true")).isEqualTo("by_kind_events_rest");
  }

  @Test
  void rowsThatAreNotUniqueStopTheBuildAndItIsTakenBack() {
    Action.BuildIndex unique =
        new Action.BuildIndex(
            EVENTS, "by_kind", "CREATE UNIQUE INDEX by_kind ON ONLY public.events (id, at)");
    TestServer.execute(fixture.database, "INSERT INTO events_rest VALUES (25, 25, 'twice')");

    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> build(unique));

    assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
    assertThat(failure.getOriginalMessage())
        .startsWith("index by_kind_events_rest of events_rest cannot be built: ");
    undo();
    assertThat(indexes("true")).isEmpty();
  }

  @Test
  void aPartitionThatWentMeanwhileIsLeftOut() {
    TestServer.execute(
        fixture.database,
        "CREATE INDEX by_kind ON ONLY events (kind)",
        "CREATE INDEX by_kind_events_1 ON events_1 (kind)",
        "ALTER INDEX by_kind ATTACH PARTITION by_kind_events_1",
        "ALTER TABLE events DETACH PARTITION events_2",
        "DROP TABLE events_rest",
        "INSERT INTO lockstep.steps (run_id, step_id, state)"
            + " VALUES ('change-orders/1', 'index', 'STARTED')");

    build(BUILD);

    assertThat(indexes("i.indisvalid")).isEqualTo("by_kind,by_kind_events_1");
  }

  @Test
  void partitionsThatCameMeanwhileHaveTheIndexAlready() {
    TestServer.execute(
        fixture.database,
        "CREATE INDEX by_kind ON ONLY events (kind)",
        "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM (30) TO (40)"
            + " PARTITION BY HASH (id)",
        "CREATE TABLE events_3a PARTITION OF events_3 FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
        "INSERT INTO lockstep.steps (run_id, step_id, state)"
            + " VALUES ('change-orders/1', 'index', 'STARTED')");

    build(BUILD);

    assertThat(indexes("i.indisvalid")).startsWith("by_kind,").doesNotContain("events_3");
    assertThat(
            fixture.count("SELECT count(*) FROM pg_index WHERE indrelid = 'events_3a'::regclass"))
        .isOne();
  }

  @Test
  void isDroppedWithItsPartsUnderTheLockOfAll() throws SQLException {
    build(BUILD);
    try (Connection other = TestServer.connect(fixture.database, "report")) {
      other.setAutoCommit(false);
      TestServer.execute(other, "SELECT count(*) FROM other.events_2b");
      awaitAge(Duration.ofMillis(100));

      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class,
              () ->
                  fixture.activities.removeIndex(
                      fixture.scope("drop", Duration.ofMillis(50)), REMOVE));

      assertThat(failure.getOriginalMessage())
          .startsWith("lock on events not queued for (attempt 1, limit 50ms), held by pid ")
          .contains("(report, on partition events_2b, idle in transaction for ");
      other.rollback();
    }
    assertThat(fixture.activities.removeIndex(fixture.scope("drop"), REMOVE).alreadyDone())
        .isFalse();
    assertThat(indexes("true")).isEmpty();
  }

  private void awaitAge(Duration age) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                fixture.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'report'"
                            + " AND clock_timestamp() - xact_start > "
                            + age.toMillis()
                            + " * interval '1 ms'")
                    == 1);
  }
}
