package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract, many writes of the new version while old names are hidden, then the revert: every write
 * of before and after is found under the old names.
 */
final class RevertIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ROWS = 400;
  private static final long WRITES_IN_THE_WINDOW = 600;

  private static final String DEFINITION =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: full-name}
      spec:
        database: shop
        changes:
          - addColumn:
              table: people
              column: {name: full_name, type: text, nullable: false}
              up: "first_name || ' ' || last_name"
          - dropColumn: {table: people, column: first_name, down: "split_part(full_name, ' ', 1)"}
          - dropColumn: {table: people, column: last_name, down: "split_part(full_name, ' ', 2)"}
        contract: {approval: required, revertWindow: 1h}
        allow: [{code: NO_OLD_CLIENT_PATTERN, reason: the test stops its old clients itself}]
      """;

  private static final Written.Course OLD =
      new Written.Course(
          n ->
              "UPDATE people SET first_name = 'Old%d', last_name = 'Name%d' WHERE id = %d"
                  .formatted(n, n, row(n)),
          RevertIT::row,
          n -> "Old" + n + " Name" + n);
  private static final Written.Course NEW =
      new Written.Course(
          n -> "UPDATE people SET full_name = 'New%d Name%d' WHERE id = %d".formatted(n, n, row(n)),
          RevertIT::row,
          n -> "New" + n + " Name" + n);
  private static final Written.Course INSERTS =
      new Written.Course(
          n ->
              "INSERT INTO people (id, full_name) VALUES (%d, 'Fresh%d Name%d')"
                  .formatted(100_000 + n, n, n),
          n -> 100_000 + n,
          n -> "Fresh" + n + " Name" + n);

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");

  @Test
  void everyWriteOfTheWindowIsFoundUnderTheOldNames() throws Exception {
    server.execute(
        database,
        "CREATE TABLE people (id bigint PRIMARY KEY, first_name text NOT NULL,"
            + " last_name text NOT NULL)",
        "INSERT INTO people SELECT n, 'F' || n, 'L' || n FROM generate_series(1, 5000) AS n");
    Written written = new Written();
    List<String> before = Picture.of(server, database).schema();
    try (Stage stage = new Stage(folder)) {
      WorkflowStub run =
          stage.start(
              database + "/revert",
              Requests.of(new Requests(folder).text(DEFINITION, server.url(database), "web")));
      try (Traffic old = traffic(OLD)) {
        until(run, status -> status.decisions().contains("approve contract"));
        wrote(old, 200);
        old.close();
        assertThat(old.failures()).isEmpty();
        written.with(old, OLD);
      }
      try (Traffic fresh = traffic(NEW);
          Traffic inserts = traffic(INSERTS)) {
        wrote(fresh, 100);
        run.update(
            "approve",
            Control.Taken.class,
            new Control.Approve("contract", Optional.empty(), Optional.empty()));
        until(run, status -> status.step().equals(Optional.of("contract/revert-window")));
        assertThat(columns()).contains("lockstep_old_first_name").doesNotContain(" first_name");
        wrote(fresh, fresh.requests() + WRITES_IN_THE_WINDOW);
        assertThat(fresh.failures()).isEmpty();
        assertThat(inserts.failures()).isEmpty();

        run.update(
            "revert", Control.Taken.class, new Control.Revert(Optional.empty(), Optional.empty()));
        RunOutcome outcome = run.getResult(60, TimeUnit.SECONDS, RunOutcome.class);

        assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(outcome.undoFailures()).isEmpty();
        fresh.close();
        inserts.close();
        // The new version has to go before its column does; what fails then was never taken.
        assertThat(fresh.failures()).allMatch(it -> it.contains("column \"full_name\""));
        assertThat(inserts.failures()).allMatch(it -> it.contains("column \"full_name\""));
        written.with(fresh, NEW).with(inserts, INSERTS);
      }
      assertThat(Picture.of(server, database).schema()).isEqualTo(before);
      assertThat(
              server.texts(
                  database,
                  "SELECT id || ' ' || first_name || ' ' || last_name FROM people WHERE id IN ("
                      + written.rows()
                      + ") ORDER BY id"))
          .isEqualTo(written.lines());
      assertThat(
              server.number(
                  database,
                  "SELECT count(*) FROM people WHERE id BETWEEN 401 AND 5000"
                      + " AND first_name = 'F' || id AND last_name = 'L' || id"))
          .isEqualTo(4_600);
      try (Traffic again = traffic(OLD)) {
        wrote(again, 200);
        assertThat(again.failures()).isEmpty();
      }
    }
  }

  private Traffic traffic(Written.Course course) {
    return Traffic.start(server, database, "web", course.statements());
  }

  private String columns() {
    return " "
        + server.text(
            database,
            "SELECT string_agg(attname, ' ') FROM pg_attribute"
                + " WHERE attrelid = 'people'::regclass AND attnum > 0 AND NOT attisdropped");
  }

  private static long row(long n) {
    return 1 + n % ROWS;
  }

  private static void wrote(Traffic client, long requests) {
    Awaitility.await().atMost(PATIENCE).until(() -> client.requests() >= requests);
  }

  private static RunStatus until(WorkflowStub run, Predicate<RunStatus> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> run.query("status", RunStatus.class), wanted);
  }
}
