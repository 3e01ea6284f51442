package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A database in which a run comes into the middle of a step and stays there for seconds, or until
 * {@link #release}.
 */
final class MiddleScene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Half of the lock timeout. */
  private static final Duration YOUNG = Duration.ofSeconds(5);

  /** Says that it is immutable, so that its result is compared with what was stored. */
  private static final String SLOWLY =
      """
      CREATE FUNCTION slowly(id bigint, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN
        IF id > 100000 AND id % 100 = 0 THEN
          PERFORM pg_sleep(seconds) FROM public.pace WHERE during =
            CASE current_setting('lockstep.backfill', true) WHEN 'on' THEN 'backfill'
            ELSE 'verification' END;
        END IF;
        RETURN upper(value);
      END $$
      """;

  final String database;
  private final Middle middle;
  private final Server server = Server.shared();
  private final Picture before;
  private Connection holder;
  private long heldSince;

  MiddleScene(Middle middle) throws SQLException {
    this.middle = middle;
    this.database = server.newDatabase("template1");
    server.execute(
        database,
        "CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO people SELECT n, 'n' || n FROM generate_series(1, " + rows(middle) + ") AS n",
        "CREATE TABLE pace (during text PRIMARY KEY, seconds double precision NOT NULL)",
        "INSERT INTO pace VALUES ('backfill', 0), ('verification', 0)",
        SLOWLY);
    this.before = Picture.of(server, database);
    this.holder = session();
  }

  /**
   * Three ranges of a backfill, two of a verification: whole numbers of them, because the size of a
   * table is estimated before it is split. Every hundredth row of the last one can be made slow.
   */
  private static int rows(Middle middle) {
    return switch (middle) {
      case BACKFILL -> 150_000;
      case VERIFICATION -> 200_000;
      case LOCK_WAIT, INDEX_BUILD -> 1_000;
    };
  }

  private Connection session() throws SQLException {
    Connection session = server.connect(database, "somebody");
    session.setAutoCommit(false);
    session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return session;
  }

  /** The input of the run. */
  ObjectNode request(Requests requests) {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: change-people}
        spec:
          database: shop
          changes:
            - %s
          limits: {batchDuration: 20ms, parallelism: 1, lockTimeout: 10s}
        """
            .formatted(middle.change);
    return Requests.of(requests.text(text, server.url(database), "web"));
  }

  /** From now on the step will not end by itself. */
  void hold() throws SQLException {
    Server.execute(holder, middle.hold);
    if (middle.holdsByPace()) {
      holder.commit();
    }
    heldSince = System.nanoTime();
  }

  /** A run does not queue behind a transaction that is older than its lock timeout. */
  private void keepTheHolderYoung() throws SQLException {
    if (middle == Middle.LOCK_WAIT && System.nanoTime() - heldSince > YOUNG.toNanos()) {
      Connection old = holder;
      holder = session();
      hold();
      old.close();
    }
  }

  /** Whether the middle lasts until it is found. */
  boolean lasts() {
    return middle != Middle.BACKFILL;
  }

  /** Waits for the middle; it then lasts for more than a minute. */
  void awaitMiddle() {
    Awaitility.await()
        .alias(database + " in the middle of " + middle)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(this::isReached);
    if (middle == Middle.BACKFILL) {
      // Only now: the first batches of the slow range are still as big as those of the fast ones.
      server.execute(database, "UPDATE pace SET seconds = 0.3 WHERE during = 'backfill'");
    }
  }

  private boolean isReached() throws SQLException {
    boolean reached = hasLedger() && server.text(database, middle.reached).equals("t");
    if (!reached) {
      keepTheHolderYoung();
    }
    return reached;
  }

  private boolean hasLedger() {
    return server.number(database, "SELECT count(to_regclass('lockstep.ranges'))") == 1;
  }

  /** The run has not come to its end yet, nor has a step that notes its beginning. */
  void isNotDone() {
    assertThat(server.texts(database, "SELECT state FROM lockstep.runs"))
        .containsExactly("RUNNING");
    assertThat(
            server.number(database, "SELECT count(*) FROM lockstep.steps WHERE state = 'STARTED'"))
        .as("steps under way at %s", middle)
        .isEqualTo(middle == Middle.LOCK_WAIT ? 0 : 1);
  }

  /** Lets the step end. What still sleeps is as if its server had noticed that its client died. */
  void release() throws SQLException {
    holder.rollback();
    server.execute(
        database,
        "UPDATE pace SET seconds = 0",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            + " AND application_name = 'lockstep' AND datname = current_database()");
  }

  /** Everything is as it was, and nothing of Lockstep is left but its ledger. */
  void isUndone(RunOutcome outcome) {
    assertThat(outcome.state())
        .as("%s: %s %s", middle, outcome.message(), outcome.undoFailures())
        .isEqualTo(RunState.ROLLED_BACK);
    assertThat(outcome.undoFailures()).isEmpty();
    assertThat(Picture.of(server, database)).as("after %s", middle).isEqualTo(before);
    assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
    assertThat(server.texts(database, "SELECT state FROM lockstep.runs"))
        .containsExactly("ROLLED_BACK");
  }

  /** The change is there, in every row. */
  void isDone(RunOutcome outcome) {
    assertThat(outcome.state())
        .as("%s: %s", middle, outcome.message())
        .isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures().getOrDefault("mismatches", 0L)).isZero();
    assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
    assertThat(server.texts(database, "SELECT i::text FROM pg_index i WHERE NOT i.indisvalid"))
        .isEqualTo(List.of());
    assertThat(Picture.of(server, database)).isNotEqualTo(before);
    assertThat(server.number(database, "SELECT count(*) FROM people WHERE " + middle.wrong()))
        .isZero();
  }

  @Override
  public void close() throws SQLException {
    holder.close();
  }
}
