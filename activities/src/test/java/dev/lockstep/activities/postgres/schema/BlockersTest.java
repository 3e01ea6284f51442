package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.BlockersFixture.AFTER;
import static dev.lockstep.activities.postgres.schema.BlockersFixture.alive;
import static dev.lockstep.activities.postgres.schema.BlockersFixture.ending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.EndedSessions.How;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.workflows.contract.StepOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BlockersTest {
  private static final BlockerTermination IDLE = ending(Sessions.IDLE);
  private static final BlockerTermination ANY = ending(Sessions.ANY);

  /** Holds its lock and lets no cancel end it. */
  private static final String STUBBORN =
      """
      DO $$ BEGIN
        PERFORM FROM orders LIMIT 1;
        LOOP
          BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END;
        END LOOP;
      END $$
      """;

  private final BlockersFixture fixture = new BlockersFixture();
  private final Connection web = fixture.web;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aReaderThatForgotItsTransactionIsEndedAndSaidSo() {
    read();

    StepOutcome outcome = fixture.add(IDLE);

    assertThat(fixture.schema.columnExists("note")).isTrue();
    assertThat(alive(web)).isFalse();
    assertThat(outcome.figures()).containsEntry("blockersTerminated", 1L);
    assertThat(fixture.schema.reporter.reasons())
        .singleElement()
        .asString()
        .matches(
            "ended pid \\d+ \\(web, postgres, idle in transaction for \\w+\\),"
                + " which kept the step from its lock on orders");
    assertThat(
            fixture.schema.value("SELECT how || ' ' || description FROM lockstep.ended_sessions"))
        .get()
        .asString()
        .startsWith("TERMINATED pid ")
        .endsWith(" from its lock on orders");
  }

  @Test
  void theLedgerOfAnEarlierVersionGetsItsTable() {
    TestServer.execute(fixture.schema.database, "DROP TABLE lockstep.ended_sessions");
    read();

    assertThat(fixture.refusal(BlockerTermination.NONE)).doesNotContain("ended_sessions");
    assertThat(fixture.add(IDLE).figures()).containsEntry("blockersTerminated", 1L);
    assertThat(fixture.noted()).isOne();
  }

  @Test
  void nobodyIsEndedWhereNothingIsSaid() {
    read();

    assertThat(fixture.refusal(BlockerTermination.NONE)).doesNotContain("ended", "spared");
    assertThat(alive(web)).isTrue();
    assertThat(fixture.noted()).isZero();
  }

  @Test
  void nobodyIsEndedBeforeTheStepHasWaited() {
    read();
    fixture.schema.reporter = new RecordingReporter(1, AFTER.minusMillis(1));

    assertThatThrownBy(
            () ->
                fixture.schema.activities.applyStatements(fixture.scope(IDLE), BlockersFixture.ADD))
        .hasMessageContaining("nobody is ended before the step has waited for 300ms");
    assertThat(alive(web)).isTrue();
  }

  @Test
  void whoIsIdleForLessIsSpared() {
    read();

    assertThat(
            fixture.refusal(
                new BlockerTermination(Sessions.IDLE, Duration.ofSeconds(40), Optional.empty())))
        .contains("it is idle for ")
        .contains(", not yet for 40s");
    assertThat(alive(web)).isTrue();
  }

  @Test
  void whoHasAnotherNameIsSpared() {
    read();

    assertThat(
            fixture.refusal(
                new BlockerTermination(Sessions.IDLE, AFTER, Optional.of("shop-web/%"))))
        .contains("it is not named like 'shop-web/%'");
    assertThat(
            fixture.add(new BlockerTermination(Sessions.IDLE, AFTER, Optional.of("we_"))).figures())
        .containsEntry("blockersTerminated", 1L);
  }

  @Test
  void whoWroteForAMomentIsEnded() {
    TestServer.execute(web, "UPDATE orders SET amount = 0 WHERE id = 1");
    fixture.awaitStill("web");

    assertThat(fixture.add(IDLE).figures()).containsEntry("blockersTerminated", 1L);
    assertThat(fixture.schema.value("SELECT amount FROM orders WHERE id = 1")).contains("1");
  }

  @Test
  void whoMayHaveWrittenMuchIsSpared() throws SQLException {
    TestServer.execute(web, "UPDATE orders SET amount = 0 WHERE id = 1");
    TestServer.execute(web, "SELECT pg_sleep(1.1)");
    fixture.awaitStill("web");

    assertThat(fixture.refusal(IDLE)).contains("; spared pid ").contains(": it wrote, for up to 1");
    web.commit();
    assertThat(fixture.schema.value("SELECT amount FROM orders WHERE id = 1")).contains("0");
  }

  @Test
  void whoLockedATableIsSpared() {
    for (String mode : List.of("ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE")) {
      TestServer.execute(web, "LOCK TABLE orders IN " + mode + " MODE");
      TestServer.execute(web, "SELECT count(*) FROM orders");
      fixture.awaitStill("web");

      assertThat(fixture.refusal(IDLE))
          .containsPattern("it has \\w+Lock on orders, as LOCK TABLE or a schema change takes");
      TestServer.execute(web, "ROLLBACK");
    }
    TestServer.execute(web, "LOCK TABLE orders IN ACCESS SHARE MODE");
    fixture.awaitStill("web");
    assertThat(fixture.refusal(IDLE)).contains("it locked tables, copied or exported");
    assertThat(alive(web)).isTrue();
    assertThat(fixture.noted()).isZero();
  }

  @Test
  void dumpsAndSnapshotsAreSpared() throws SQLException {
    try (Connection dump = fixture.session("pg_dump")) {
      TestServer.execute(dump, "SELECT * FROM orders LIMIT 1");
      fixture.awaitStill("pg_dump");
      assertThat(fixture.refusal(IDLE)).contains("it is a program of PostgreSQL, such as a dump");
      dump.rollback();
    }
    TestServer.execute(web, "SELECT pg_export_snapshot() FROM orders LIMIT 1");
    fixture.awaitStill("web");
    assertThat(fixture.refusal(IDLE)).contains("exported its snapshot");
  }

  @Test
  void whoHasAnAdvisoryLockIsSpared() {
    TestServer.execute(web, "SELECT pg_advisory_lock(4711)");
    read();

    assertThat(fixture.refusal(IDLE)).contains("it has an advisory lock");
  }

  @Test
  void whoLockedManyTablesIsSpared() {
    TestServer.execute(
        fixture.schema.database,
        "CREATE TABLE parts (id bigint) PARTITION BY RANGE (id)",
        "DO $$ BEGIN FOR n IN 1..100 LOOP EXECUTE format('CREATE TABLE part_%s PARTITION OF parts"
            + " FOR VALUES FROM (%s) TO (%s)', n, n, n + 1); END LOOP; END $$");
    TestServer.execute(web, "SELECT count(*) FROM parts");
    read();

    assertThat(fixture.refusal(IDLE)).contains("it has locks on 102 tables, as a dump has");
  }

  @Test
  void nobodyIsEndedInVain() throws SQLException {
    try (Connection locker = fixture.session("locker")) {
      TestServer.execute(locker, "LOCK TABLE orders IN SHARE MODE");
      TestServer.execute(locker, "SELECT 1");
      fixture.awaitStill("locker");
      read();

      assertThat(fixture.refusal(IDLE)).contains("spared pid ").doesNotContain("; ended ");
      assertThat(alive(web)).isTrue();
      locker.rollback();
    }
  }

  @Test
  void aPreparedTransactionIsLeftToPeople() {
    TestServer.execute(web, "UPDATE orders SET amount = 0 WHERE id = 1");
    TestServer.execute(web, "PREPARE TRANSACTION 'blocking'");
    try {
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () ->
                  fixture.schema.count(
                          "SELECT count(*) FROM pg_prepared_xacts"
                              + " WHERE prepared < clock_timestamp() - interval '400 ms'")
                      == 1);
      assertThat(fixture.refusal(IDLE))
          .endsWith("; nobody is ended: a prepared transaction is left to people");
    } finally {
      TestServer.execute(fixture.schema.database, "ROLLBACK PREPARED 'blocking'");
    }
  }

  @Test
  void aQueryIsCancelledOnlyWhereThatIsAskedFor() {
    CompletableFuture<Void> query = run("SELECT pg_sleep(60) FROM orders LIMIT 1");

    assertThat(fixture.refusal(IDLE)).contains("it is at work, and only idle sessions are to be");
    assertThat(query).isNotDone();

    StepOutcome outcome = fixture.add(ANY);

    assertThat(outcome.figures())
        .containsEntry("blockersCancelled", 1L)
        .doesNotContainKey("blockersTerminated");
    assertThatThrownBy(query::join).hasMessageContaining("canceling statement due to user request");
    TestServer.execute(web, "ROLLBACK");
    assertThat(alive(web)).isTrue();
  }

  @Test
  void aQueryThatWroteIsSpared() {
    TestServer.execute(web, "UPDATE orders SET amount = 0 WHERE id = 1");
    CompletableFuture<Void> query = run("SELECT pg_sleep(60) FROM orders LIMIT 1");

    assertThat(fixture.refusal(ANY)).contains("it wrote and is still at work");
    assertThat(query).isNotDone();
    fixture.schema.value(
        "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity"
            + " WHERE application_name = 'web'");
    assertThatThrownBy(query::join).hasMessageContaining("canceling statement");
  }

  @Test
  void whoSurvivesTheCancelIsEnded() {
    CompletableFuture<Void> query = run(STUBBORN);

    assertThat(fixture.refusal(ANY)).contains("; cancelled the query of pid ");
    assertThat(fixture.refusal(ANY)).contains("it was cancelled a moment ago");
    assertThat(query).isNotDone();
    TestServer.execute(
        fixture.schema.database,
        "UPDATE lockstep.ended_sessions SET noted_at = noted_at - interval '5 s'");

    assertThat(fixture.add(ANY).figures())
        .containsEntry("blockersCancelled", 1L)
        .containsEntry("blockersTerminated", 1L);
    assertThatThrownBy(query::join).hasMessageContaining("terminating connection");
  }

  @Test
  void whoOnlyQueuesIsLeftAndGoesFirst() throws SQLException {
    read();
    try (Connection tool = fixture.session("other-tool")) {
      CompletableFuture<Void> queued =
          CompletableFuture.runAsync(
              () -> {
                TestServer.execute(tool, "ALTER TABLE orders ADD COLUMN theirs text");
                TestServer.execute(tool, "COMMIT");
              });
      fixture.awaitStill("other-tool");

      StepOutcome outcome = fixture.add(IDLE);

      queued.join();
      assertThat(outcome.figures()).containsEntry("blockersTerminated", 1L);
      assertThat(fixture.schema.columnExists("theirs")).isTrue();
      assertThat(alive(tool)).isTrue();
    }
  }

  @Test
  void whoHasGoneOnSinceTheLookIsNotHit() throws SQLException {
    read();
    Blocker seen = look();
    TestServer.execute(web, "SELECT count(*) FROM orders");
    Blocker later = look();
    web.rollback();
    read();

    for (Blocker stale : List.of(seen, later)) {
      SessionEnd.Answer answer =
          fixture.schema.jdbi.withHandle(
              handle ->
                  new SessionEnd(handle, fixture.scope(IDLE), "nothing")
                      .end(handle, stale, How.TERMINATED));
      assertThat(answer.note()).endsWith("went on by itself and was not ended");
    }
    assertThat(seen.identity().transaction()).isEqualTo(later.identity().transaction());
    assertThat(alive(web)).isTrue();
    assertThat(fixture.noted()).isZero();
  }

  private Blocker look() {
    return fixture.schema.jdbi.withHandle(
        handle ->
            BlockerQuery.find(
                    handle,
                    handle
                        .createQuery(
                            "SELECT pid FROM pg_stat_activity WHERE application_name = 'web'")
                        .mapTo(Integer.class)
                        .list(),
                    "%")
                .get(0));
  }

  private void read() {
    TestServer.execute(web, "SELECT * FROM orders LIMIT 1");
    fixture.awaitStill("web");
  }

  private CompletableFuture<Void> run(String sql) {
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(() -> TestServer.execute(web, sql));
    fixture.awaitStill("web");
    return running;
  }
}
