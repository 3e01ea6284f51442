package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backfill fills the disk that the whole database is on. The run waits and says for what: the
 * room may come back, by autovacuum or by a person. Meanwhile nothing of what is committed is lost,
 * and an abort undoes the run.
 */
final class DiskFullRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROWS = 60_000;

  /** Sorts little: a full disk has no room for a sort's files either. */
  private static final String TOKENS =
      "SELECT md5(string_agg(md5(token), ',' ORDER BY id)) FROM people WHERE id <= ";

  @TempDir private static Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String tablespace = server.newDatabase("template1").replace("e2e_", "small_");
  private final String database = tablespace + "_db";
  private final SmallDisk disk = SmallDisk.mount(folder.resolve(tablespace), 64);

  /**
   * Open from before: a new session may have to write its cache of the catalogue, and be refused.
   */
  private Connection witness;

  DiskFullRealIT() throws Exception {}

  @BeforeEach
  void fillTheDisk() throws Exception {
    server.execute(
        "postgres",
        "CREATE TABLESPACE %s LOCATION '%s'".formatted(tablespace, disk.folder("data")),
        "CREATE DATABASE %s TABLESPACE %s".formatted(database, tablespace));
    server.execute(
        database,
        "CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO people SELECT n, 'n' || n FROM generate_series(1, " + ROWS + ") AS n",
        "VACUUM ANALYZE");
    witness = server.connect(database, "test");
  }

  @AfterEach
  void unmount() throws Exception {
    witness.close();
    server.execute(
        "postgres", "DROP DATABASE " + database + " WITH (FORCE)", "DROP TABLESPACE " + tablespace);
    disk.close();
  }

  @Test
  void theRunGoesOnWhenThereIsRoomAgain() throws Exception {
    try (Stage stage = new Stage(folder)) {
      disk.fillUpTo(4);
      WorkflowStub run = start(stage);
      awaitFullDisk(run);
      int filled = Integer.parseInt(witnessed("SELECT count(token) FROM people"));
      assertThat(filled).isPositive().isLessThan(ROWS);
      String tokens = witnessed(TOKENS + filled);

      disk.makeRoom();
      RunOutcome outcome = end(run);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
      assertThat(server.text(database, TOKENS + filled)).isEqualTo(tokens);
      assertThat(server.number(database, "SELECT count(token) FROM people")).isEqualTo(ROWS);
    }
  }

  @Test
  void anAbortAtAFullDiskUndoesTheRun() throws Exception {
    Picture before = Picture.of(server, database);
    try (Stage stage = new Stage(folder)) {
      disk.fillUpTo(4);
      WorkflowStub run = start(stage);
      awaitFullDisk(run);
      run.update(
          "abort",
          Control.Taken.class,
          new Control.Abort(Optional.of("test"), Optional.of("the disk is full")));
      Awaitility.await().atMost(PATIENCE).until(() -> status(run).state() != RunState.RUNNING);
      disk.makeRoom();
      RunOutcome outcome = end(run);
      assertThat(outcome.state())
          .as(outcome.message() + outcome.undoFailures())
          .isEqualTo(RunState.ROLLED_BACK);
      assertThat(Picture.of(server, database)).isEqualTo(before);
      assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
    }
  }

  private String witnessed(String sql) throws SQLException {
    return Server.texts(witness, sql).get(0);
  }

  private WorkflowStub start(Stage stage) throws Exception {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: give-tokens}
        spec:
          database: shop
          changes:
            - addColumn:
                table: people
                column: {name: token, type: text}
                up: "gen_random_uuid() || repeat('x', 200)"
          limits: {parallelism: 1}
        """;
    return stage.start(
        database + "/full",
        Requests.of(new Requests(folder).text(text, server.url(database), "web")));
  }

  /** The status gives the server's own words. */
  private static void awaitFullDisk(WorkflowStub run) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              RunStatus status = status(run);
              assertThat(status.waitingFor())
                  .as("%s", status)
                  .anySatisfy(
                      reason -> assertThat(reason).contains("No space left on device", "53100"));
            });
    assertThat(status(run).faults()).isEqualTo(List.of());
  }

  private static RunStatus status(WorkflowStub run) {
    return run.query("status", RunStatus.class);
  }

  private static RunOutcome end(WorkflowStub run) throws Exception {
    return run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
  }
}
