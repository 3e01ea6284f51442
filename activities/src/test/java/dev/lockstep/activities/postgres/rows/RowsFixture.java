package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.health.HealthSignal;
import dev.lockstep.activities.postgres.health.HealthSignals;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.activities.postgres.rows.Verification.Extent;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Action.Assignment;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/**
 * A database with a ledger and a table {@code people} whose column {@code full} is to be filled.
 */
final class RowsFixture implements AutoCloseable {
  static final TableName PEOPLE = new TableName("public", "people");
  static final RowKey BY_ID = new RowKey(List.of(new KeyColumn("id", "bigint")));
  static final RowKey BY_PLACE = new RowKey(List.of());

  final Database database = TestServer.newDatabase();
  final Databases databases = TestServer.databases();
  final Jdbi jdbi = databases.open(database);
  final List<HealthSignal> signals = new ArrayList<>();
  RecordingReporter reporter = new RecordingReporter();
  Limits limits = limits(Duration.ofMillis(20), 2);

  RowsFixture() {
    jdbi.useHandle(handle -> new Ledger().create(handle));
  }

  /** With rows 1 to {@code rows}. */
  static RowsFixture withPeople(int rows) {
    RowsFixture fixture = new RowsFixture();
    fixture.execute(
        "CREATE TABLE people (id bigint PRIMARY KEY, first text, last text)",
        "INSERT INTO people SELECT n, 'f' || n, 'l' || n FROM generate_series(1, %d) AS n"
            .formatted(rows),
        "ALTER TABLE people ADD COLUMN \"full\" text");
    return fixture;
  }

  static Limits limits(Duration batch, int parallelism) {
    return new Limits(
        Duration.ofMillis(300), batch, Optional.empty(), Optional.empty(), parallelism);
  }

  /** What the activities work with. */
  Shift.Tools tools() {
    return new Shift.Tools(jdbi, reporter, HealthSignals.NONE);
  }

  PostgresRowActivities activities() {
    return new PostgresRowActivities(databases, () -> reporter, signals);
  }

  StepScope scope(String step) {
    return new StepScope(new RunKey("full-name/1"), step, database, limits);
  }

  static Action.Backfill filling(RowKey key, String up) {
    return new Action.Backfill(
        PEOPLE,
        key,
        List.of(new Assignment("full", "coalesce(\"full\", " + up + ")")),
        "\"full\" IS NULL",
        1000);
  }

  static Action.Backfill filling(String up) {
    return filling(BY_ID, up);
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

  StepOutcome fill(Action.Backfill action) {
    return activities().backfill(scope("migrate/people"), action);
  }

  StepOutcome verify(Action.Verify action) {
    return activities().verify(scope("verify/people"), action);
  }

  StepOutcome verifyAgain(Action.Verify action, Instant begun) {
    return activities().verifyAgain(scope("verify/people"), action, begun);
  }

  /** A verification in ranges of a thousand rows each, whatever the size of the table. */
  Verification inThousands(String step, Action.Verify action) {
    return inThousands(tools(), step, action);
  }

  Verification inThousands(Shift.Tools with, String step, Action.Verify action) {
    Extent extent = new Extent(new ByteCount(1), Duration.ofSeconds(10), new Shape(1000, 64));
    return new Verification(with, scope(step), action, extent);
  }

  /** Does work, cancels it while the server sleeps for it, and goes on with a new reporter. */
  void cancelWhileAsleep(Supplier<StepOutcome> work) {
    CompletableFuture<StepOutcome> working = CompletableFuture.supplyAsync(work);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> count("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") > 0);

    reporter.cancel();

    assertThatThrownBy(working::join).hasCauseInstanceOf(ActivityCanceledException.class);
    reporter = new RecordingReporter();
  }

  ApplicationFailure failureOfFill(Action.Backfill action) {
    return catchThrowableOfType(ApplicationFailure.class, () -> fill(action));
  }

  ApplicationFailure failureOfVerify(Action.Verify action) {
    return catchThrowableOfType(ApplicationFailure.class, () -> verify(action));
  }

  void execute(String... statements) {
    TestServer.execute(database, statements);
  }

  String value(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  long count(String sql) {
    return Long.parseLong(value(sql));
  }

  @Override
  public void close() {
    databases.close();
  }
}
