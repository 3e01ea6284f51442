package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.api.RunState;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of definitions on a real service, from the definition to the backup in its store. */
final class SchedulesRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final String HOURLY = "run: {kind: Backup, name: shop-often}, every: 1h";
  private static final String OFTEN = "run: {kind: Backup, name: shop-often}, every: 3s";

  @TempDir private Path folder = Path.of("");

  private Terminal terminal;
  private Calendar calendar;
  private Change change;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder, SERVICE);
    calendar = new Calendar(folder, SERVICE);
    change = new Change(folder, SERVICE, 1_000, UnaryOperator.identity());
    calendar.writeBackup(change);
  }

  @AfterEach
  void endRuns() {
    calendar.clear();
    SERVICE.replayAndEnd();
  }

  @Test
  void theServiceGetsWhatTheDefinitionsSayAndNobodyElseLosesAnything() throws Exception {
    foreign("schedule/taken");
    foreign("theirs");
    calendar.write("first: " + HOURLY, "second: " + HOURLY + ", timeZone: Europe/Paris");

    assertThat(calendar.setup(0, "--dry-run")).isEqualTo("CREATE first, CREATE second");
    assertThat(calendar.setup(0)).isEqualTo("CREATE first, CREATE second");
    Instant updated = updated("first");
    Awaitility.await()
        .atMost(Change.PATIENCE)
        .until(() -> calendar.lists("schedule/first") && calendar.lists("schedule/second"));
    assertThat(calendar.setup(0)).isEqualTo("KEEP first, KEEP second");
    assertThat(updated("first")).isEqualTo(updated);

    terminal.says(0, "schedules", "pause", "first", "--note", "ann is looking");
    String night = ", blackout: [{from: \"22:00\", to: \"06:00\"}], jitter: 5m";
    calendar.write("first: " + HOURLY + night, "taken: " + HOURLY);
    assertThat(calendar.setup(3, "--dry-run"))
        .isEqualTo("UPDATE first, CONFLICT taken, DELETE second");
    assertThat(calendar.setup(3, "--keep-others")).isEqualTo("UPDATE first, CONFLICT taken");
    JsonNode first = calendar.await("first", row -> row.path("paused").asBoolean());
    assertThat(first.path("note").asText()).isEqualTo("ann is looking");
    assertThat(first.path("run").asText()).isEqualTo("backup/shop-often");
    assertThat(calendar.client.getHandle("schedule/first").describe().getSchedule().getSpec())
        .satisfies(spec -> assertThat(spec.getSkip()).hasSize(3))
        .satisfies(spec -> assertThat(spec.getJitter()).isEqualTo(Duration.ofMinutes(5)));

    assertThat(calendar.setup(3)).isEqualTo("KEEP first, CONFLICT taken, DELETE second");
    Awaitility.await().atMost(Change.PATIENCE).until(() -> !calendar.lists("schedule/second"));
    assertThat(calendar.lists("schedule/taken")).isTrue();
    assertThat(calendar.lists("theirs")).isTrue();
    assertThat(terminal.says(2, "schedules", "pause", "taken")).contains("lockstep made no");

    calendar.write("first: " + HOURLY + ", paused: true, note: month end");
    assertThat(calendar.setup(0)).isEqualTo("UPDATE first");
    assertThat(terminal.says(0, "schedules", "resume", "first")).contains("its definition says");
    assertThat(calendar.setup(0)).isEqualTo("UPDATE first");
    calendar.write("first: " + HOURLY);
    assertThat(calendar.setup(0)).isEqualTo("UPDATE first");
    JsonNode resumed = calendar.await("first", row -> !row.path("next").isEmpty());
    assertThat(resumed.path("paused").asBoolean()).isFalse();

    calendar.write();
    assertThat(terminal.says(2, "setup", "--keep-others", "--delete-others"))
        .contains("mutually exclusive");
    assertThat(calendar.setup(0)).isEmpty();
    assertThat(calendar.setup(0, "--delete-others")).isEqualTo("DELETE first");
    Awaitility.await().atMost(Change.PATIENCE).until(() -> !calendar.lists("schedule/first"));
    assertThat(calendar.lists("theirs")).isTrue();
  }

  @Test
  void backupsAreTakenBeforeAndAfterARestartOfTheWorker() throws Exception {
    calendar.write("often: " + OFTEN);
    try (Child worker = terminal.worker(calendar.settings())) {
      assertThat(worker.output()).contains("schedule often, create");
      calendar.await("often", row -> Calendar.ended(row, "succeeded") >= 2);
      assertThat(terminal.says(0, "status", "backup/shop-often")).contains("shop-often/");
      worker.kill();
    }
    long before = calendar.backups();
    assertThat(before).isGreaterThanOrEqualTo(2);
    try (Child worker = terminal.worker(calendar.settings())) {
      assertThat(worker.output()).doesNotContain("schedule often");
      Awaitility.await().atMost(Change.PATIENCE).until(() -> calendar.backups() > before);

      terminal.says(0, "schedules", "pause", "often", "--note", "month end");
      JsonNode paused = calendar.await("often", row -> row.path("running").asInt() == 0);
      assertThat(paused.path("next")).isEmpty();
      assertThat(terminal.says(0, "schedules", "list"))
          .contains("often: backup/shop-often, paused: month end");
      long started = paused.path("started").asLong();
      terminal.says(0, "schedules", "trigger", "often");
      calendar.await(
          "often",
          row -> row.path("started").asLong() > started && row.path("running").asInt() == 0);

      Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      terminal.says(
          0,
          "schedules",
          "backfill",
          "often",
          "--from",
          to.minusSeconds(9).toString(),
          "--to",
          to.toString());
      calendar.await(
          "often",
          row -> row.path("started").asLong() >= started + 4 && row.path("running").asInt() == 0);
    }
  }

  @Test
  void aRunThatIsStillUnderWayIsNotStartedTwice() throws Exception {
    Files.copy(
        change.file, calendar.folder.resolve("backup.yaml"), StandardCopyOption.REPLACE_EXISTING);
    calendar.write("slow: run: {kind: Migration, name: " + change.name + "}, every: 2s");
    try (Child worker = terminal.worker(calendar.settings())) {
      assertThat(worker.output()).contains("schedule slow, create");
      change.shop.awaitMiddleOfBackfill();
      JsonNode attached = terminal.answers(5, "run", change.name, "--detach");
      assertThat(attached.path("workflowId").asText()).isEqualTo("migration/" + change.name);
      assertThat(attached.path("runId").asText())
          .isEqualTo(change.run().describe().getExecution().getRunId());
      calendar.await("slow", row -> row.path("skipped").asInt() > 0);
      assertThat(terminal.says(3, "schedules", "list", "--check"))
          .contains("! slow: ", " skipped, because the run before was still under way");

      terminal.says(0, "schedules", "pause", "slow");
      change.await(RunState.SUCCEEDED);
      terminal.says(0, "schedules", "acknowledge", "slow");
      assertThat(terminal.says(0, "schedules", "list", "--check")).doesNotContain("! slow");
    }
    assertThat(change.shop.changedTokens()).isZero();
  }

  @Test
  void ofThoseThatComeMeanwhileOneWaits() throws Exception {
    try (Child worker = slowly("bufferOne")) {
      String first = runId();
      terminal.says(0, "schedules", "trigger", "slow");
      terminal.says(0, "schedules", "trigger", "slow");
      calendar.await(
          "slow", row -> row.path("started").asLong() == 2 && row.path("running").asInt() == 0);

      assertThat(runId()).as(worker.output()).isNotEqualTo(first);
      assertThat(ended(first))
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
      change.await(RunState.SUCCEEDED);
    }
    assertThat(change.shop.changedTokens()).isZero();
  }

  @Test
  void theNextOneTakesThePlaceWhenTheFirstIsUndone() throws Exception {
    try (Child worker = slowly("cancelOther")) {
      String first = runId();
      terminal.says(0, "schedules", "trigger", "slow");
      Awaitility.await().atMost(Change.PATIENCE).until(() -> !runId().equals(first));

      assertThat(ended(first))
          .as(worker.output())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
      change.await(RunState.SUCCEEDED);
    }
    assertThat(change.shop.changedTokens()).isZero();
  }

  @Test
  void backupsMayBeTakenBesideEachOtherAndADrillProvesTheNewest() throws Exception {
    String drill = calendar.writeDrill(change).toString();
    String proof = "proof: run: {kind: Drill, name: shop-proof}, every: 1h";
    calendar.write("beside: " + HOURLY + ", overlap: allowAll", proof);
    try (Child worker = terminal.worker(calendar.settings())) {
      assertThat(worker.output()).contains("schedule beside, create", "schedule proof, create");
      for (int run = 0; run < 3; run++) {
        terminal.says(0, "schedules", "trigger", "beside");
      }
      calendar.await("beside", row -> Calendar.ended(row, "succeeded") == 3);

      terminal.says(0, "schedules", "trigger", "proof");
      calendar.await("proof", row -> Calendar.ended(row, "succeeded") == 1);
    }
    assertThat(calendar.backups()).isEqualTo(3);
    String backup = calendar.folder.resolve("backup.yaml").toString();
    assertThat(terminal.answers(0, "drills", "-f", drill, "-f", backup).path("past")).hasSize(1);
  }

  /** A worker with a run that its schedule started, in the middle. */
  private Child slowly(String overlap) throws Exception {
    Files.copy(
        change.file, calendar.folder.resolve("backup.yaml"), StandardCopyOption.REPLACE_EXISTING);
    calendar.write(
        "slow: run: {kind: Migration, name: " + change.name + "}, every: 1h, overlap: " + overlap);
    Child worker = terminal.worker(calendar.settings());
    assertThat(worker.output()).contains("schedule slow, create");
    terminal.says(0, "schedules", "trigger", "slow");
    change.shop.awaitMiddleOfBackfill();
    return worker;
  }

  private String runId() {
    return change.run().describe().getExecution().getRunId();
  }

  private WorkflowExecutionStatus ended(String run) {
    return SERVICE
        .client()
        .newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder()
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId("migration/" + change.name)
                        .setRunId(run)
                        .build())
                .build())
        .describe()
        .getStatus();
  }

  private Instant updated(String name) {
    var info = calendar.client.getHandle("schedule/" + name).describe().getInfo();
    Instant last = info.getLastUpdatedAt();
    return last == null ? info.getCreatedAt() : last;
  }

  /** One that somebody else made. */
  private void foreign(String id) {
    calendar.client.createSchedule(
        id,
        Schedule.newBuilder()
            .setAction(
                ScheduleActionStartWorkflow.newBuilder()
                    .setWorkflowType("Theirs")
                    .setOptions(
                        WorkflowOptions.newBuilder()
                            .setWorkflowId("theirs")
                            .setTaskQueue(RunControls.TASK_QUEUE + "-not")
                            .build())
                    .build())
            .setSpec(
                ScheduleSpec.newBuilder()
                    .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofDays(300))))
                    .build())
            .build(),
        ScheduleOptions.newBuilder().build());
  }
}
