package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.deploy.e2e.Picture;
import dev.lockstep.deploy.e2e.Server;
import dev.lockstep.deploy.e2e.TokenShop;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every verb of the command on a real service; the worker is another process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ControlsRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final int SLOW = 1_000;

  /** Many commands are typed while the backfill goes on: more than a minute of it. */
  private static final int SLOWEST = 300;

  private static final int FAST = 50_000;

  private final Path folder;
  private final Terminal terminal;
  private final Child worker;

  ControlsRealIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.terminal = new Terminal(folder, SERVICE);
    this.worker = terminal.worker(Map.of());
  }

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  @AfterAll
  void endWorker() throws InterruptedException {
    worker.close();
  }

  @Test
  void secondStartAttachesToTheRun() throws Exception {
    Change change = change(SLOW, UnaryOperator.identity());
    JsonNode started = terminal.answers(5, "run", change.path(), "--detach");
    assertThat(started.path("workflowId").asText()).isEqualTo("migration/" + change.name);

    JsonNode second = terminal.answers(5, "run", change.path(), "--detach");
    assertThat(second.path("runId")).isEqualTo(started.path("runId"));
    JsonNode followed = terminal.answers(5, "run", change.path(), "--time-limit", "1s");
    assertThat(followed.path("run").asText()).isEqualTo(change.name + "/1");
  }

  @Test
  void aRunIsPausedTunedResumedAndApproved() throws Exception {
    Change change = change(SLOWEST, Change::withApproval);
    terminal.says(5, "run", change.path(), "--detach");
    Awaitility.await().atMost(Change.PATIENCE).until(() -> change.shop.filled() > 0);
    assertThat(terminal.says(0, "status", change.name))
        .contains(change.name + "/1: running, phase migrate", "limit of " + SLOWEST + "/s rows");

    terminal.says(0, "pause", change.name, "--by", "ann", "--reason", "month end");
    change.await(RunState.PAUSED);
    long filled = change.shop.filled();
    assertThat(terminal.says(2, "pause", change.name)).contains("paused already by ann: month end");
    JsonNode status = terminal.answers(0, "status", change.name);
    assertThat(status.path("state").asText()).isEqualTo("PAUSED");
    assertThat(status.path("waitingFor").toString()).contains("paused by ann: month end");
    assertThat(change.shop.filled()).isEqualTo(filled).isLessThan(TokenShop.ROWS);

    assertThat(terminal.says(2, "tune", change.name, "--parallelism", "0")).contains("parallelism");
    terminal.says(0, "tune", change.name, "--max-rows-per-second", FAST + "/s");
    status = terminal.answers(0, "status", change.name);
    assertThat(status.path("limits").path("maxRowsPerSecond").asText()).startsWith("" + FAST);

    JsonNode resumed = terminal.answers(0, "resume", change.name);
    assertThat(resumed.path("state").asText()).isNotEqualTo("HELD");
    // With the old limit the rest takes three times as long.
    Awaitility.await()
        .atMost(Duration.ofSeconds((TokenShop.ROWS - filled) / SLOWEST / 3))
        .until(() -> change.shop.filled() >= TokenShop.ROWS);
    change.await(RunState.WAITING);

    assertThat(terminal.says(2, "approve", change.name, "--gate", "nonsense"))
        .contains("the run has no gate nonsense; its gates are [contract]");
    try (Child follower = terminal.start("run", change.path(), "--output", "json")) {
      Awaitility.await().atMost(Change.PATIENCE).until(() -> follower.output().contains("waiting"));
      assertThat(terminal.says(0, "approve", change.name, "--comment", "fine"))
          .contains("approved");
      assertThat(follower.exit()).as(follower.output()).isZero();
      assertThat(Terminal.document(follower).path("state").asText()).isEqualTo("SUCCEEDED");
    }
    assertThat(change.shop.changedTokens()).isZero();
    assertThat(terminal.says(0, "status", change.name)).contains("succeeded, phase finish");
    assertThat(terminal.says(2, "pause", change.name)).contains("no run " + change.name);
    assertThat(terminal.says(0, "run", change.path())).contains("nothing to do");
  }

  @Test
  void aRunShowsItselfInTheService() throws Exception {
    Change change = change(FAST, Change::withApproval);
    change.start();
    change.await(RunState.WAITING);
    Shown shown = Shown.of(SERVICE, change.run());

    assertThat(shown.summary()).isEqualTo("Migration " + change.name);
    assertThat(shown.details())
        .contains(change.name + "/1", "WAITING", "| MIGRATE |", "`approve` with");
    assertThat(shown.stepTitles()).anyMatch(title -> title.contains("customers"));
    assertThat(shown.attributes())
        .containsEntry("LockstepKind", "Migration")
        .containsEntry("LockstepName", change.name)
        .containsEntry("LockstepDatabase", "shop")
        .containsEntry("LockstepPhase", "GATE")
        .containsEntry("LockstepState", "WAITING");
    Awaitility.await()
        .atMost(Change.PATIENCE)
        .until(
            () ->
                SERVICE
                    .list("LockstepState = 'WAITING' AND LockstepName = '" + change.name + "'")
                    .size(),
            found -> found == 1);
  }

  @Test
  void aHeldRunIsRetriedAndGoesOnWithoutAStep() throws Exception {
    Change change = change(FAST, ControlsRealIT::withTwoQuestions);
    Server server = change.shop.server;
    server.execute(change.shop.database, "CREATE TABLE answers (ready boolean)");
    JsonNode held = terminal.answers(3, "run", change.path());
    WorkflowExecution execution = change.run().describe().getExecution();
    assertThat(held.path("state").asText()).isEqualTo("HELD");
    assertThat(held.path("decisions").toString()).contains("retry", "skip ", "abort");
    assertThat(terminal.says(2, "skip", change.name, "--step", "elsewhere")).contains("held at");

    String first = held.path("step").asText();
    server.execute(change.shop.database, "INSERT INTO answers VALUES (true)");
    terminal.says(0, "retry", change.name);
    RunStatus next =
        change.await(it -> it.state() == RunState.HELD && !it.step().equals(Optional.of(first)));
    String second = next.step().orElseThrow();
    terminal.says(0, "skip", change.name, "--step", second, "--reason", "known");
    RunOutcome outcome = SERVICE.run(execution).getResult(RunOutcome.class);
    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.steps())
        .anyMatch(step -> step.id().equals(second) && step.state().name().equals("SKIPPED"));
  }

  @Test
  void abortUndoesEverything() throws Exception {
    Change change = change(SLOW, UnaryOperator.identity());
    Picture before = picture(change);
    try (Child follower = terminal.start("run", change.path(), "--output", "json")) {
      change.shop.awaitMiddleOfBackfill();
      terminal.says(0, "abort", change.name, "--by", "ann", "--reason", "wrong day");
      assertThat(follower.exit()).as(follower.output()).isEqualTo(1);
      JsonNode outcome = Terminal.document(follower);
      assertThat(outcome.path("state").asText()).isEqualTo("ROLLED_BACK");
      assertThat(outcome.path("fault").path("message").asText()).contains("ann", "wrong day");
    }
    assertThat(picture(change)).isEqualTo(before);
  }

  @Test
  void abortIsRefusedAfterThePointOfNoReturn() throws Exception {
    Change change = change(FAST, text -> text.replace("revertWindow: 1s", "revertWindow: 5s"));
    terminal.says(5, "run", change.path(), "--detach");
    change.await(RunState.WAITING);
    try (Connection client = change.shop.server.connect(change.shop.database, "report")) {
      client.setAutoCommit(false);
      Server.execute(client, "SELECT count(*) FROM customers");
      change.await(status -> status.phase().name().equals("FINISH"));
      assertThat(terminal.says(2, "abort", change.name))
          .contains("nothing can be undone any more: step finish/");
      assertThat(terminal.says(0, "status", change.name)).contains("report");
      client.rollback();
    }
    assertThat(terminal.says(0, "run", change.path())).contains("succeeded");
  }

  @Test
  void cancelInTemporalUndoesEverything() throws Exception {
    Change change = change(SLOW, UnaryOperator.identity());
    Picture before = picture(change);
    try (Child follower = terminal.start("run", change.path())) {
      change.shop.awaitMiddleOfBackfill();
      change.run().cancel();
      assertThat(follower.exit()).as(follower.output()).isEqualTo(1);
    }
    assertThat(picture(change)).isEqualTo(before);
    assertThat(change.run().describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(Shown.of(SERVICE, change.run()).attributes())
        .containsEntry("LockstepState", "CANCELLED");
  }

  @Test
  void aTerminatedRunGoesOnFromTheLedger() throws Exception {
    Change change = change(SLOW, UnaryOperator.identity());
    terminal.says(5, "run", change.path(), "--detach");
    change.shop.awaitMiddleOfBackfill();
    WorkflowExecution first = change.run().describe().getExecution();
    SERVICE.run(first).terminate("by mistake");
    assertThat(change.shop.changedTokens()).isZero();
    assertThat(change.shop.seenTokens()).isLessThan(TokenShop.ROWS);

    JsonNode outcome = terminal.answers(0, "run", change.path());
    assertThat(outcome.path("run").asText()).isEqualTo(change.name + "/1");
    assertThat(outcome.path("figures").path("batchesRepeated").asInt()).isLessThanOrEqualTo(1);
    assertThat(change.shop.changedTokens()).isZero();
    assertThat(change.shop.seenTokens()).isEqualTo(TokenShop.ROWS);
    assertThat(change.run().describe().getExecution().getRunId()).isNotEqualTo(first.getRunId());
  }

  private Change change(long rowsPerSecond, UnaryOperator<String> edit) throws IOException {
    return new Change(folder, SERVICE, rowsPerSecond, edit);
  }

  private static Picture picture(Change change) {
    return Picture.of(change.shop.server, change.shop.database);
  }

  /** In place of the five steps: the first question is answered by a row, the second by nobody. */
  private static String withTwoQuestions(String text) {
    return text.substring(0, text.indexOf("  changes:"))
        + """
          steps:
            - addColumn: {table: customers, column: {name: nick, type: text}}
            - verify: {name: ready, query: select count(*) from answers, expect: 1}
            - verify: {name: never, query: select count(*) from answers, expect: 2}
          onFailure: hold
        """;
  }
}
