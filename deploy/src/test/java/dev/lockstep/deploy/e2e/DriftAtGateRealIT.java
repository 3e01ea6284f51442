package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs wait for approval, each in its own database, until all rows are verified again after a
 * minute. In one of them somebody wrote past the trigger meanwhile.
 */
final class DriftAtGateRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();

  @Test
  void aRowWrittenPastTheTriggerUndoesTheRunAndRightRowsDoNot() throws Exception {
    String right = filled();
    String drifting = filled();
    Picture before = Picture.of(server, drifting);
    try (Stage stage = new Stage(folder)) {
      WorkflowStub good = start(stage, right);
      WorkflowStub bad = start(stage, drifting);
      for (WorkflowStub run : List.of(good, bad)) {
        Awaitility.await().atMost(PATIENCE).until(() -> status(run).state() == RunState.WAITING);
      }
      server.execute(
          drifting,
          "SET session_replication_role = replica; UPDATE items SET label = 'new' WHERE id = 42");
      server.execute(right, "UPDATE items SET label = 'new' WHERE id = 42");

      RunOutcome undone = bad.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      Awaitility.await().atMost(PATIENCE).until(() -> repetitions(good) == 1);
      String said = status(good).verification().map(Verification::sentence).orElseThrow();
      good.update(
          "approve",
          Control.Taken.class,
          new Control.Approve("contract", Optional.empty(), Optional.empty()));
      RunOutcome done = good.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);

      assertThat(undone.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(undone.fault().orElseThrow().code()).isEqualTo(FaultCode.ROWS_DRIFTED);
      assertThat(undone.fault().orElseThrow().message())
          .startsWith("1 of 5000 rows of items were right after the backfill and differ now")
          .contains("id = 42");
      assertThat(said).matches("verified again at \\S+, 5,000 rows, 0 mismatches; next at \\S+");
      assertThat(done.state()).as(done.message()).isEqualTo(RunState.SUCCEEDED);
    }
    assertThat(server.text(drifting, "SELECT label FROM items WHERE id = 42")).isEqualTo("new");
    assertThat(server.text(right, "SELECT title FROM items WHERE id = 42")).isEqualTo("new");
    server.execute(drifting, "UPDATE items SET label = '42' WHERE id = 42");
    assertThat(Picture.of(server, drifting)).isEqualTo(before);
  }

  private String filled() {
    String database = server.newDatabase("template1");
    server.execute(
        database,
        "CREATE TABLE items (id bigint PRIMARY KEY, label text)",
        "INSERT INTO items SELECT n, n::text FROM generate_series(1, 5000) AS n");
    return database;
  }

  private WorkflowStub start(Stage stage, String database) throws Exception {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: item-title}
        spec:
          database: shop
          changes:
            - renameColumn: {table: items, from: label, to: title}
          contract: {approval: required, revertWindow: 0s}
          allow: [{code: NO_OLD_CLIENT_PATTERN, reason: the clients of this test know both names}]
        """;
    return stage.start(
        database + "/drift",
        Requests.of(new Requests(folder).text(text, server.url(database), "web")));
  }

  private static RunStatus status(WorkflowStub run) {
    return run.query("status", RunStatus.class);
  }

  private static int repetitions(WorkflowStub run) {
    return status(run).verification().map(Verification::repetitions).orElse(0);
  }
}
