package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three tables are filled at a time, while clients write to all of them. */
final class TablesTogetherRealIT {
  private static final int ROWS = 9_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The third one gets values that show whether one was evaluated twice. */
  private static final String DEFINITION =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: three-tables}
      spec:
        database: shop
        changes:
          - addColumn:
              table: people
              column: {name: name, type: text, nullable: false}
              up: "first || ' ' || last"
          - addColumn: {table: sales, column: {name: cents, type: bigint}, up: amount * 100}
          - addColumn: {table: tickets, column: {name: token, type: uuid}, up: gen_random_uuid()}
        contract: {oldClients: {applicationName: "old/%"}}
        limits: {tables: 3, maxRowsPerSecond: 3000/s, batchDuration: 20ms}
      """;

  /** Steps that began, have committed rows and are not done. */
  private static final String AT_WORK =
      "SELECT count(*) FROM lockstep.steps s WHERE state = 'STARTED' AND step_id LIKE"
          + " 'migrate/%-backfill' AND EXISTS (SELECT FROM lockstep.ranges r"
          + " WHERE r.step_id = s.step_id AND rows > 0)";

  private static final String WRONG =
      "SELECT (SELECT count(*) FROM people WHERE name IS DISTINCT FROM first || ' ' || last)"
          + " + (SELECT count(*) FROM sales WHERE cents IS DISTINCT FROM amount * 100)"
          + " + (SELECT count(*) FROM tickets WHERE token IS NULL)";

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");
  private String definition = "";

  @BeforeEach
  void setUp() throws Exception {
    definition = new Requests(folder).text(DEFINITION, server.url(database), "none");
    String key = " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ";
    String numbers = " FROM generate_series(1, " + ROWS + ") AS n";
    server.execute(
        database,
        "CREATE TABLE people" + key + "first text NOT NULL, last text NOT NULL)",
        "CREATE TABLE sales" + key + "amount bigint NOT NULL)",
        "CREATE TABLE tickets" + key + "note text)",
        "INSERT INTO people (first, last) SELECT 'f' || n, 'l' || n" + numbers,
        "INSERT INTO sales (amount) SELECT n" + numbers,
        "INSERT INTO tickets (note) SELECT 'n' || n" + numbers,
        "ANALYZE");
  }

  @Test
  void whoIsKilledInTheMiddleOfAllGoesOnAndEveryRowIsRight() throws Exception {
    Path file = folder.resolve("change.yaml");
    Files.writeString(file, definition);
    List<Traffic> clients =
        List.of(
            client("old/1", n -> "UPDATE people SET first = 'x" + n + "' WHERE id = " + any(n)),
            client("old/2", n -> "INSERT INTO sales (amount) VALUES (" + n + ")"),
            client("old/3", n -> "UPDATE sales SET amount = amount + 1 WHERE id = " + any(n)),
            client("old/4", n -> "UPDATE tickets SET note = 'y" + n + "' WHERE id = " + any(n)));
    List<String> tokens;
    try {
      try (Child first = Child.lockstep(folder, Map.of(), "run", file.toString())) {
        awaitAllAtWork();
        first.kill();
      }
      tokens = tokens();
      try (Child second = Child.lockstep(folder, Map.of(), "run", file.toString())) {
        Awaitility.await().atMost(PATIENCE).until(() -> done("verify/%-rows") == 3);
        assertThat(server.number(database, WRONG)).isZero();
        close(clients);
        assertThat(second.exit()).as(second.output()).isZero();
      }
    } finally {
      close(clients);
    }
    assertThat(tokens).isNotEmpty().hasSizeLessThan(ROWS);
    assertThat(clients.stream().map(Traffic::failures).flatMap(List::stream)).isEmpty();
    assertThat(clients).allMatch(client -> client.requests() > 0);
    assertThat(server.number(database, WRONG)).isZero();
    assertThat(tokens()).containsAll(tokens);
    assertThat(server.texts(database, "SELECT id FROM lockstep.runs"))
        .containsExactly("three-tables/1");
  }

  @Test
  void anAbortInTheMiddleOfAllLeavesNothing() throws Exception {
    Picture before = Picture.of(server, database);
    try (Stage stage = new Stage(folder)) {
      WorkflowStub run = stage.start(database + "/three-tables", Requests.of(definition));
      awaitAllAtWork();
      RunStatus status = run.query("status", RunStatus.class);
      run.update(
          "abort", Control.Taken.class, new Control.Abort(Optional.of("test"), Optional.empty()));
      RunOutcome outcome = run.getResult(RunOutcome.class);

      assertThat(status.together()).hasSize(3);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.undoFailures()).isEmpty();
    }
    assertThat(Picture.of(server, database)).isEqualTo(before);
  }

  /** One after the other, there would never be three. */
  private void awaitAllAtWork() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> hasLedger() && server.number(database, AT_WORK) == 3);
  }

  private boolean hasLedger() {
    return server.number(database, "SELECT count(to_regclass('lockstep.ended_sessions'))") == 1;
  }

  private long done(String steps) {
    return server.number(
        database,
        "SELECT count(*) FROM lockstep.steps WHERE state = 'DONE' AND step_id LIKE '%s'"
            .formatted(steps));
  }

  private List<String> tokens() {
    return server.texts(
        database, "SELECT id || ' ' || token FROM tickets WHERE token IS NOT NULL ORDER BY id");
  }

  private Traffic client(String name, Traffic.Statements statements) {
    return Traffic.start(server, database, name, statements);
  }

  private static void close(List<Traffic> clients) throws InterruptedException {
    for (Traffic client : clients) {
      client.close();
    }
  }

  private static long any(long request) {
    return request * 131 % ROWS + 1;
  }
}
