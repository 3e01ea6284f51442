package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old names are hidden on trial while a client that nobody thought of still uses one. */
final class TrialRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ROWS = 50;

  private static final String DEFINITION =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: item-title}
      spec:
        database: shop
        changes:
          - renameColumn: {table: items, from: label, to: title}
        contract: {trial: {duration: 5s, before: 2s}}
        allow: [{code: NO_OLD_CLIENT_PATTERN, reason: the trial is to find the old client}]
      """;

  private static final Written.Course OLD = course("label", 0);
  private static final Written.Course NEW = course("title", ROWS);

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");

  @Test
  void anOldClientBringsTheNameBackAndLosesLittle() throws Exception {
    server.execute(
        database,
        "CREATE TABLE items (id bigint PRIMARY KEY, label text)",
        "INSERT INTO items SELECT n, n::text FROM generate_series(1, 5000) AS n");
    try (Stage stage = new Stage(folder);
        Traffic old = Traffic.start(server, database, "old", OLD.statements())) {
      WorkflowStub run =
          stage.start(
              database + "/trial",
              Requests.of(new Requests(folder).text(DEFINITION, server.url(database), "web")));
      RunStatus back = until(run, "approve contract");

      assertThat(back.faults()).extracting(f -> f.code()).containsExactly(FaultCode.TRIAL_FAILED);
      assertThat(back.waitingFor().get(0)).contains("transactions were rolled back");
      int failures = old.failures().size();
      // In the trial and in the second that the names take to come back, at 200 requests a second.
      assertThat(failures).isBetween(1, 2_000);
      assertThat(old.failures()).allMatch(failure -> failure.contains("column \"label\""));
      long from = old.requests();
      try (Traffic fresh = Traffic.start(server, database, "new", NEW.statements())) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> old.requests() > from + 200 && fresh.requests() > 200);
        assertThat(old.failures()).hasSize(failures);

        old.close();
        approve(run);
        RunOutcome outcome = run.getResult(60, TimeUnit.SECONDS, RunOutcome.class);

        assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
        assertThat(outcome.figures()).containsEntry("rollbacksInTrial", 0L);
        fresh.close();
        assertThat(fresh.failures()).isEmpty();
        Written written = new Written().with(old, OLD).with(fresh, NEW);
        assertThat(
                server.texts(
                    database, "SELECT id || ' ' || title FROM items WHERE id <= 100 ORDER BY id"))
            .isEqualTo(written.lines());
      }
    }
    assertThat(
            server.number(
                database, "SELECT count(*) FROM items WHERE id > 100 AND title = id::text"))
        .isEqualTo(4_900);
  }

  private static Written.Course course(String column, int offset) {
    return new Written.Course(
        n ->
            "UPDATE items SET %s = '%s%d' WHERE id = %d"
                .formatted(column, column, n, row(n, offset)),
        n -> row(n, offset),
        n -> column + n);
  }

  private static long row(long n, int offset) {
    return offset + 1 + n % ROWS;
  }

  private static RunStatus until(WorkflowStub run, String decision) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> run.query("status", RunStatus.class),
            status -> status.decisions().contains(decision));
  }

  private static void approve(WorkflowStub run) {
    run.update(
        "approve",
        Control.Taken.class,
        new Control.Approve("contract", Optional.of("test"), Optional.empty()));
  }
}
