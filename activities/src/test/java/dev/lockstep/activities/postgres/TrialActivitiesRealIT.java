package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.schema.PostgresSchemaActivities;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trial on a real server, with clients that fail and clients that do not. */
final class TrialActivitiesRealIT {
  private static final String BEFORE = "gate/before-trial";
  private static final String TRIAL = "contract/trial";
  private static final String NEW_NAME = "SELECT name FROM people";
  private static final String OLD_NAME = "SELECT label FROM people";

  private final Database database = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final RecordingReporter reporter = new RecordingReporter();
  private final PostgresGateActivities activities =
      new PostgresGateActivities(databases, () -> reporter);

  @BeforeEach
  void create() {
    databases.open(database).useHandle(handle -> new Ledger().create(handle));
    TestServer.execute(
        database,
        "CREATE TABLE people (id bigint PRIMARY KEY, name text, lockstep_old_label text)",
        "INSERT INTO people VALUES (1, 'one', 'one')");
  }

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(database);
  }

  @Test
  void clientsThatUseTheNewNameLetATrialPass() throws SQLException {
    count();
    try (Connection client = TestServer.connect(database, "web/2")) {
      CompletableFuture<StepOutcome> trial = trying(action(Duration.ofSeconds(2), 0));
      while (!trial.isDone()) {
        ask(client, NEW_NAME);
      }

      assertThat(trial.join().alreadyDone()).isFalse();
      assertThat(trial.join().figures()).containsEntry("rollbacksInTrial", 0L);
      assertThat(trial.join().figures().get("durationMillis")).isGreaterThanOrEqualTo(2000);
    }
    assertThat(activities.tryOut(scope(TRIAL), action(Duration.ofHours(1), 0)).alreadyDone())
        .isTrue();
  }

  @Test
  void aClientThatUsesTheOldNameEndsItSoon() throws SQLException {
    count();
    CompletableFuture<StepOutcome> trial = trying(action(Duration.ofHours(1), 3));
    try (Connection client = TestServer.connect(database, "web/1")) {
      while (!trial.isDone()) {
        ask(client, NEW_NAME);
        ask(client, OLD_NAME);
      }
    }

    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> cause(trial));
    assertThat(failure.getType()).isEqualTo("TRIAL_FAILED");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .matches(
            "clients failed \\d+ s after old names were hidden on trial: \\d+ transactions were"
                + " rolled back within [0-9.]+ s, usual are 0\\.0, allowed 3");
  }

  @Test
  void sessionsThatOnlyFailAreSeenByTheirFirstFailures() throws SQLException {
    count();
    CompletableFuture<StepOutcome> trial = trying(action(Duration.ofHours(1), 0));
    try (Connection client = TestServer.connect(database, "web/1")) {
      while (!trial.isDone()) {
        ask(client, OLD_NAME);
      }
    }

    assertThat(trial).isCompletedExceptionally();
  }

  @Test
  void whatIsUsualIsAllowed() throws SQLException {
    try (Connection client = TestServer.connect(database, "web/2")) {
      CompletableFuture<StepOutcome> count =
          CompletableFuture.supplyAsync(
              () ->
                  activities.beforeTrial(
                      scope(BEFORE),
                      new Action.BeforeTrial("contract", Duration.ofSeconds(3), List.of())));
      failEach(Duration.ofMillis(10), client, count);
      assertThat(count.join().figures()).containsOnlyKeys("rollbacksBefore", "durationMillis");
      assertThat(count.join().figures().get("rollbacksBefore")).isPositive();
      CompletableFuture<StepOutcome> trial = trying(action(Duration.ofSeconds(3), 0));
      // So seldom that it is never more than before, however busy the machine was then.
      failEach(Duration.ofMillis(100), client, trial);

      assertThat(trial.join().figures().get("rollbacksInTrial")).isPositive();
    }
  }

  /**
   * At a rate that the clock gives, not the machine, which may be quick now and slow then. Each is
   * told at once: of itself a session keeps its numbers for up to a second, so that those of the
   * time before may arrive in the trial.
   */
  private void failEach(Duration pause, Connection client, CompletableFuture<?> end) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(pause)
        .until(
            () -> {
              ask(client, NEW_NAME);
              ask(client, "SELECT 1 / 0 FROM people");
              ask(client, "SELECT pg_stat_force_next_flush()");
              return end.isDone();
            });
  }

  @Test
  void statisticsThatBeginAgainAreNoFailure() {
    count();
    CompletableFuture<StepOutcome> trial = trying(action(Duration.ofSeconds(2), 0));
    TestServer.execute(database, "SELECT pg_stat_reset()");

    assertThat(trial.join().alreadyDone()).isFalse();
  }

  @Test
  void aSignalThatIsTooHighIsAwaitedBeforeAndEndsATrial() {
    TestServer.execute(database, "CREATE TABLE errors (n bigint)", "INSERT INTO errors VALUES (9)");
    Signal signal = new Signal("errors", new Signal.Query("SELECT max(n) FROM errors"), 3);
    CompletableFuture<StepOutcome> count =
        CompletableFuture.supplyAsync(
            () ->
                activities.beforeTrial(
                    scope(BEFORE),
                    new Action.BeforeTrial("contract", Duration.ofMillis(10), List.of(signal))));
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(reporter.reasons()).contains("signal errors is 9, limit 3"));
    assertThat(count).isNotDone();
    TestServer.execute(database, "UPDATE errors SET n = 3");
    count.join();
    CompletableFuture<StepOutcome> trial =
        trying(new Action.Trial("trial", BEFORE, Duration.ofHours(1), 1_000_000, List.of(signal)));
    TestServer.execute(database, "UPDATE errors SET n = 4");

    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> cause(trial));
    assertThat(failure.getType()).isEqualTo("TRIAL_FAILED");
    assertThat(failure.getOriginalMessage()).endsWith(": signal errors is 4, limit 3");
  }

  @Test
  void aTrialThatAWorkerLeftGoesOnAsItBegan() {
    count();
    CompletableFuture<StepOutcome> first = trying(action(Duration.ofHours(1), 0));
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !reporter.told().isEmpty());
    reporter.cancel();
    assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ActivityCanceledException.class);
    TestServer.execute(
        database,
        "UPDATE lockstep.steps SET started_at = started_at - interval '1 hour' WHERE step_id = '"
            + TRIAL
            + "'");

    PostgresGateActivities other = new PostgresGateActivities(databases, RecordingReporter::new);
    StepOutcome outcome = other.tryOut(scope(TRIAL), action(Duration.ofHours(1), 0));

    assertThat(outcome.alreadyDone()).isFalse();
    assertThat(outcome.figures().get("durationMillis")).isGreaterThanOrEqualTo(3_600_000);
  }

  @Test
  void aTrialThatAPersonEndedIsDoneAndOneThatIsForgottenIsMadeAnew() {
    count();
    Action.Trial action = action(Duration.ofHours(1), 0);

    activities.endTrial(scope(TRIAL), action);
    assertThat(activities.tryOut(scope(TRIAL), action).alreadyDone()).isTrue();

    activities.forgetTrial(scope(TRIAL), action);
    assertThat(count().alreadyDone()).isFalse();
    assertThat(activities.tryOut(scope(TRIAL), action(Duration.ofMillis(10), 0)).alreadyDone())
        .isFalse();
  }

  @Test
  void aLockThatLockstepDoesNotGetIsNoRollback() throws SQLException {
    Action.Statements hide =
        new Action.Statements(
            List.of("ALTER TABLE people RENAME name TO lockstep_old_name"),
            List.of(new TableLock(new TableName("public", "people"), LockMode.ACCESS_EXCLUSIVE)));
    long before = rollbacks();
    try (Connection holder = TestServer.connect(database, "web/1");
        Databases own = TestServer.databases()) {
      holder.setAutoCommit(false);
      // On a busy machine the holder may be so old by then that nobody waits for it: once more.
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
          .until(() -> refusal(holder, own, hide), it -> it.contains("not acquired within"));
    }
    databases.open(database).useHandle(handle -> assertThat(steps(handle)).isZero());
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> others() == 0);

    assertThat(rollbacks()).isEqualTo(before);
  }

  /** Why a step is not done while a transaction of that connection holds a lock. */
  private String refusal(Connection holder, Databases own, Action.Statements step)
      throws SQLException {
    TestServer.execute(holder, NEW_NAME);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                new PostgresSchemaActivities(own, RecordingReporter::new)
                    .applyStatements(scope("hide"), step));
    assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
    holder.commit();
    return failure.getOriginalMessage();
  }

  private static long steps(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM lockstep.steps WHERE step_id = 'hide'")
        .mapTo(Long.class)
        .one();
  }

  /** Sessions tell of everything before they are gone. */
  private long others() {
    databases.close();
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '"
            + database.name()
            + "' AND pid <> pg_backend_pid()");
  }

  private long rollbacks() {
    return number(
        "SELECT xact_rollback FROM pg_stat_database WHERE datname = '" + database.name() + "'");
  }

  private long number(String sql) {
    try (Connection connection = TestServer.connect(database, "test");
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ask(Connection client, String sql) {
    try (Statement statement = client.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isIn("42703", "22012");
    }
  }

  private StepOutcome count() {
    return activities.beforeTrial(
        scope(BEFORE), new Action.BeforeTrial("contract", Duration.ofMillis(10), List.of()));
  }

  private CompletableFuture<StepOutcome> trying(Action.Trial action) {
    return CompletableFuture.supplyAsync(() -> activities.tryOut(scope(TRIAL), action));
  }

  private static Action.Trial action(Duration duration, int most) {
    return new Action.Trial("trial", BEFORE, duration, most, List.of());
  }

  private static void cause(CompletableFuture<StepOutcome> trial) throws Throwable {
    try {
      trial.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private StepScope scope(String step) {
    return new StepScope(new RunKey("people/1"), step, database, Limits.DEFAULT);
  }
}
