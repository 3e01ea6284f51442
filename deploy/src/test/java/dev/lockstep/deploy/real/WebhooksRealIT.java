package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.deploy.e2e.SmallDisk;
import dev.lockstep.deploy.real.Deliveries.Answer;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed deliveries on a real service, from the push to the backup and to the approved change. */
final class WebhooksRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final String BACKUP = "backup/shop-often";
  private static final int AWAY = 30;
  private static final int MOST_IN_A_PAGE = 100;

  @TempDir private Path folder = Path.of("");

  private Terminal terminal;
  private Calendar definitions;
  private Change change;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder, SERVICE);
    definitions = new Calendar(folder, SERVICE);
    change = new Change(folder, SERVICE, 100_000, Change::withApproval);
    definitions.writeBackup(change);
    trigger("nightly", "{kind: Backup, name: shop-often}");
  }

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  private void trigger(String name, String run) throws IOException {
    definitions.writeTrigger(name, run, "{github: {secret: {env: GITHUB_WEBHOOK_SECRET}}}");
  }

  private static String push(int number) {
    return "{\"ref\":\"refs/heads/main\",\"number\":" + number + "}";
  }

  @Test
  void aPushBacksUpAndTheServerShowsIt() throws Exception {
    try (Child worker = terminal.worker(definitions.settings());
        Deliveries github = new Deliveries(terminal, definitions.folder)) {
      assertThat(worker.isAlive()).isTrue();
      String runId = github.runOf("nightly", "1", push(1));
      Answer done =
          Awaitility.await()
              .atMost(Change.PATIENCE)
              .until(
                  () -> github.status(BACKUP),
                  it -> it.body().path("state").asText().equals("SUCCEEDED"));
      assertThat(done.status()).isEqualTo(200);
      assertThat(github.runOf("nightly", "1", push(1))).isEqualTo(runId);
      assertThat(definitions.backups()).isEqualTo(1);
      assertThat(terminal.says(0, "status", BACKUP)).contains("succeeded");
      assertThat(github.server.output()).doesNotContain(Deliveries.TOKEN);
    }
  }

  @Test
  void aTokenApprovesAndIsNamedInTheHistory() throws Exception {
    Files.copy(change.file, definitions.folder.resolve("change.yaml"));
    Files.delete(definitions.folder.resolve("backup.yaml"));
    Files.delete(definitions.folder.resolve("trigger-nightly.yaml"));
    trigger("deploy", "{kind: Migration, name: " + change.name + "}");
    String run = "migration/" + change.name;
    try (Child worker = terminal.worker(definitions.settings());
        Deliveries github = new Deliveries(terminal, definitions.folder)) {
      assertThat(worker.isAlive()).isTrue();
      github.runOf("deploy", "1", push(1));
      change.await(RunState.WAITING);
      Answer refused = github.tell(run, "approve", "{\"gate\": \"nothing\"}");
      assertThat(refused.status()).isEqualTo(409);
      Answer taken = github.tell(run, "approve", "{\"comment\": \"seen\"}");
      assertThat(taken.status()).as(taken.body().toString()).isEqualTo(200);
      RunOutcome outcome =
          change.run().getResult(Change.PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      change.succeeded(outcome);
      assertThat(github.tell(run, "pause", "").status()).isEqualTo(404);
      assertThat(github.server.output())
          .contains("\"who\":\"ops\",\"action\":\"approve\",\"run\":\"" + run)
          .contains("\"outcome\":\"refused\"", "\"outcome\":\"taken\"");
      assertThat(terminal.answers(0, "report", change.name).toString()).contains("\"ops\"", "seen");
    }
  }

  @Test
  void whileTemporalIsAwayNothingIsLostAndNothingTwice() throws Exception {
    try (Child worker = terminal.worker(definitions.settings());
        Deliveries github = new Deliveries(terminal, definitions.folder)) {
      String first = github.runOf("nightly", "before", push(0));
      SERVICE.testbed().kill("temporal-server");
      for (int number = 1; number <= AWAY; number++) {
        assertThat(github.push("nightly", "away-" + number, push(number)).status()).isEqualTo(202);
        assertThat(github.push("nightly", "away-" + number, push(number)).status()).isEqualTo(202);
      }
      SERVICE.testbed().up("temporal");

      Set<String> runs = new TreeSet<>();
      for (int number = 1; number <= AWAY; number++) {
        runs.add(github.runOf("nightly", "away-" + number, push(number)));
      }
      assertThat(github.runOf("nightly", "before", push(0))).isEqualTo(first);
      runs.add(first);
      List<String> started = new ArrayList<>();
      Awaitility.await()
          .atMost(Change.PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                started.clear();
                SERVICE.list("WorkflowId = '" + BACKUP + "'").stream()
                    .map(WorkflowExecutionMetadata::getExecution)
                    .forEach(run -> started.add(run.getRunId()));
                return started.containsAll(runs);
              });
      // Every run is one that a delivery was told of; of 30 that waited, one was enough.
      assertThat(started).filteredOn(run -> !known(run)).containsExactlyInAnyOrderElementsOf(runs);
      assertThat(runs).hasSizeLessThanOrEqualTo(2);
      assertThat(worker.isAlive()).isTrue();
    }
  }

  @Test
  void aFullDiskTakesNothingThatItCannotKeep() throws Exception {
    Path queue = folder.resolve("queue");
    try (SmallDisk disk = SmallDisk.mount(queue, 2);
        Child worker = terminal.worker(definitions.settings());
        Deliveries github = new Deliveries(terminal, definitions.folder)) {
      String first = github.runOf("nightly", "full-0", push(0));
      disk.fill();
      int refused = untilRefused(github);
      assertThat(github.push("nightly", "full-0", push(0)).status()).isEqualTo(202);

      disk.makeRoom();
      for (int number = 1; number <= refused; number++) {
        github.runOf("nightly", "full-" + number, push(number));
      }
      assertThat(github.runOf("nightly", "full-0", push(0))).isEqualTo(first);
      assertThat(worker.isAlive()).isTrue();
    }
  }

  /** What is left of the last page takes some; the number of the first that it does not. */
  private static int untilRefused(Deliveries github) throws Exception {
    for (int number = 1; number <= MOST_IN_A_PAGE; number++) {
      int status = github.push("nightly", "full-" + number, push(number)).status();
      if (status != 202) {
        assertThat(status).isEqualTo(503);
        return number;
      }
    }
    throw new AssertionError("a full disk took " + MOST_IN_A_PAGE + " deliveries");
  }

  /** Whether it is of an earlier test. */
  private boolean known(String runId) {
    return SERVICE.hasEnded(runId);
  }
}
