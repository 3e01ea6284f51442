package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LockProtocolTest {
  private static final Action.Statements ADD =
      statements("ALTER TABLE public.orders ADD COLUMN note text");

  private static final TableLock LINES =
      new TableLock(new TableName("public", "lines"), LockMode.ACCESS_EXCLUSIVE);

  private final SchemaFixture fixture = new SchemaFixture();
  private Connection other = TestServer.connect(fixture.database, "web");

  @BeforeEach
  void open() throws SQLException {
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    fixture.close();
  }

  @Test
  void anOldHolderIsNamedAndNeverWaitedFor() {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");
    awaitAge(Duration.ofMillis(600));
    AtomicBoolean watching = new AtomicBoolean(true);
    CompletableFuture<Boolean> queued = CompletableFuture.supplyAsync(() -> everQueued(watching));

    ApplicationFailure failure = refusal(3, Duration.ofMillis(500));
    watching.set(false);

    assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .startsWith("lock on orders not queued for (attempt 3, limit 500ms), held by pid ")
        .contains("(web, idle in transaction for ");
    assertThat(fixture.reporter.reasons()).containsExactly(failure.getOriginalMessage());
    assertThat(queued.join()).isFalse();
    assertThat(fixture.columnExists("note")).isFalse();
  }

  @Test
  void aYoungHolderIsWaitedForNoLongerThanTheLimit() {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");

    ApplicationFailure failure = refusal(1, Duration.ofSeconds(60));

    assertThat(failure.getOriginalMessage())
        .startsWith("lock on orders not acquired within 50ms (attempt 1, limit 60s), held by pid ");
  }

  @Test
  void laterAttemptsWaitLongerUpToTheLimit() {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");

    assertThat(refusal(3, Duration.ofSeconds(60)).getOriginalMessage()).contains("within 200ms");
  }

  @Test
  void theLimitIsNeverPassed() {
    // A step that is noted but not done by somebody else: the wait for its row is limited, too.
    TestServer.execute(
        other,
        "INSERT INTO lockstep.steps (run_id, step_id, state)"
            + " VALUES ('change-orders/1', 'add', 'STARTED')");

    ApplicationFailure failure = refusal(60, Duration.ofMillis(120));

    assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
    assertThat(failure.getOriginalMessage()).contains("within 120ms (attempt 60)");
  }

  @Test
  void whoUsesAPartitionIsWaitedForAndAllWaitsTogetherAreLimited() {
    TestServer.execute(
        fixture.database,
        "DROP TABLE orders",
        "CREATE TABLE orders (id integer) PARTITION BY LIST (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1) PARTITION BY LIST (id)",
        "CREATE TABLE orders_1a PARTITION OF orders_1 DEFAULT",
        "CREATE TABLE orders_2 PARTITION OF orders DEFAULT");
    TestServer.execute(other, "SELECT * FROM orders_1a");

    assertThat(refusal(1, Duration.ofSeconds(60)).getOriginalMessage())
        .startsWith("lock on orders not acquired within 50ms (attempt 1, limit 60s), held by pid ")
        .contains("(web, on partition orders_1a, ");
    awaitAge(Duration.ofMillis(600));
    assertThat(refusal(1, Duration.ofMillis(500)).getOriginalMessage())
        .startsWith("lock on orders not queued for ")
        .contains("(web, on partition orders_1a, ");
  }

  @Test
  void partitionsAreLockedTogetherWithTheirTable() throws SQLException {
    TestServer.execute(
        fixture.database,
        "DROP TABLE orders",
        "CREATE TABLE orders (id integer) PARTITION BY LIST (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1) PARTITION BY LIST (id)",
        "CREATE TABLE orders_1a PARTITION OF orders_1 DEFAULT");
    Action.Statements asking =
        statements(
            "CREATE TABLE seen AS SELECT relation::regclass::text AS name FROM pg_locks"
                + " WHERE mode = 'AccessExclusiveLock' AND locktype = 'relation'"
                + " AND pid = pg_backend_pid()");

    fixture.activities.applyStatements(fixture.scope("ask"), asking);

    assertThat(
            fixture.value(
                "SELECT string_agg(name, ',' ORDER BY name) FROM seen"
                    + " WHERE name LIKE 'orders%'"))
        .contains("orders,orders_1,orders_1a");
  }

  @Test
  void whoQueuesForTheLockIsNamedToo() throws SQLException {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");
    try (Connection waiter = TestServer.connect(fixture.database, "other-tool")) {
      var waiting =
          CompletableFuture.runAsync(
              () -> TestServer.execute(waiter, "ALTER TABLE orders ADD COLUMN theirs text"));
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> fixture.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
      awaitAge(Duration.ofMillis(600));

      assertThat(refusal(1, Duration.ofMillis(500)).getOriginalMessage())
          .contains("(other-tool, queues for AccessExclusiveLock, active for ");
      other.rollback();
      waiting.join();
    }
  }

  @Test
  void aPreparedTransactionIsNamed() {
    TestServer.execute(other, "LOCK TABLE orders IN ACCESS SHARE MODE");
    TestServer.execute(other, "PREPARE TRANSACTION 'left-over'");
    try {
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.count(
                          "SELECT count(*) FROM pg_prepared_xacts"
                              + " WHERE prepared < clock_timestamp() - interval '100 ms'")
                      == 1);

      assertThat(refusal(1, Duration.ofMillis(50)).getOriginalMessage())
          .contains("(prepared transaction left-over, open for ");
    } finally {
      TestServer.execute(fixture.database, "ROLLBACK PREPARED 'left-over'");
    }
  }

  @Test
  void theStepGoesOnWhenTheHolderIsGone() throws SQLException {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");
    refusal(1, Duration.ofMillis(100));
    other.rollback();

    fixture.reporter = new RecordingReporter(2);
    fixture.activities.applyStatements(fixture.scope("add", Duration.ofMillis(100)), ADD);

    assertThat(fixture.columnExists("note")).isTrue();
  }

  @Test
  void readersDoNotHinderALockThatLetsThemBe() {
    TestServer.execute(other, "SELECT * FROM orders LIMIT 1");
    awaitAge(Duration.ofMillis(100));

    fixture.jdbi.useHandle(
        handle ->
            new LockProtocol(fixture.scope("x", Duration.ofMillis(50)), fixture.reporter)
                .look(
                    handle,
                    List.of(new TableLock(SchemaFixture.ORDERS, LockMode.SHARE_ROW_EXCLUSIVE))));

    assertThat(fixture.reporter.reasons()).isEmpty();
  }

  @Test
  void clientsThatLockTwoTablesInOneOrderDoNotKeepAStepOut() throws Exception {
    TestServer.execute(fixture.database, "CREATE TABLE lines (id bigint)");
    Action.Statements both =
        new Action.Statements(ADD.sql(), List.of(LINES, SchemaFixture.EXCLUSIVE));

    assertThat(againstAClient(() -> refusal(11, Duration.ofSeconds(20), both)))
        .contains(" not acquired within 500ms (attempt 11");
    assertThat(fixture.columnExists("note")).isFalse();
    assertThat(
            againstAClient(
                () -> {
                  fixture.reporter = new RecordingReporter(12);
                  return fixture.activities.applyStatements(
                      fixture.scope("add", Duration.ofSeconds(20)), both);
                }))
        .isNotEmpty();
    assertThat(fixture.columnExists("note")).isTrue();
  }

  /** Who has a row of orders, and wants one of lines as soon as the step waits for orders. */
  private String againstAClient(Supplier<Object> step) throws SQLException {
    TestServer.execute(other, "UPDATE orders SET amount = 1");
    CompletableFuture<Void> client =
        CompletableFuture.runAsync(
            () -> {
              Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::isQueuedFor);
              TestServer.execute(other, "INSERT INTO lines VALUES (1)");
              TestServer.execute(other, "COMMIT");
            });
    Object outcome = step.get();
    client.join();
    return String.valueOf(outcome);
  }

  private ApplicationFailure refusal(int attempt, Duration limit) {
    return refusal(attempt, limit, ADD);
  }

  private ApplicationFailure refusal(int attempt, Duration limit, Action.Statements statements) {
    fixture.reporter = new RecordingReporter(attempt);
    return catchThrowableOfType(
        ApplicationFailure.class,
        () -> fixture.activities.applyStatements(fixture.scope("add", limit), statements));
  }

  private void awaitAge(Duration age) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                fixture.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name <> 'lockstep'"
                            + " AND datname = current_database() AND xact_start IS NOT NULL")
                    == fixture.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name <> 'lockstep'"
                            + " AND datname = current_database()"
                            + " AND clock_timestamp() - xact_start > interval '"
                            + age.toMillis()
                            + " ms'"));
  }

  private boolean everQueued(AtomicBoolean watching) {
    boolean queued = false;
    while (watching.get()) {
      queued |= isQueuedFor();
    }
    return queued;
  }

  private boolean isQueuedFor() {
    return fixture.count(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'orders'::regclass")
        > 0;
  }

  @Test
  void theLimitIsForAllLocksOfAStepTogether() throws Exception {
    TestServer.execute(fixture.database, "CREATE TABLE lines (id bigint)");
    try (Connection second = TestServer.connect(fixture.database, "web")) {
      second.setAutoCommit(false);
      TestServer.execute(other, "SELECT * FROM lines LIMIT 1");
      TestServer.execute(second, "SELECT * FROM orders LIMIT 1");
      long began = System.nanoTime();
      CompletableFuture<Void> release =
          CompletableFuture.runAsync(
              () -> {
                Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> System.nanoTime() - began > TimeUnit.SECONDS.toNanos(3));
                TestServer.execute(other, "ROLLBACK");
              });
      fixture.reporter = new RecordingReporter(11);

      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class,
              () ->
                  fixture.activities.applyStatements(
                      fixture.scope("add", Duration.ofSeconds(4)),
                      new Action.Statements(ADD.sql(), List.of(LINES, SchemaFixture.EXCLUSIVE))));

      release.join();
      assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }
  }
}
