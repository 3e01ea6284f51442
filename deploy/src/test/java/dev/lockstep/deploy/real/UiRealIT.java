package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who knows nothing but the Temporal UI runs a migration there. */
final class UiRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();

  private static final String BACKUP = "backup/shop-often";

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  @Test
  void aKnownDefinitionIsStartedWatchedAndApproved() throws Exception {
    // Slow enough for a page to be loaded meanwhile; then the person makes it faster.
    Change change = new Change(definitions(), SERVICE, 300, Change::withApproval);
    String id = "migration/" + change.name;
    try (Child worker = worker();
        Person person = person()) {
      person.startsRun(id, "{\"name\": \"" + change.name + "\"}", "1-start");
      person.opensDetails(id);
      person.looksUntil("RUNNING, phase MIGRATE", "%");
      person.takesPicture("2-backfill");
      person.says("tune", "{\"maxRowsPerSecond\": \"50000/s\"}", "2-tune");
      change.await(RunState.WAITING);
      person.looksUntil("nobody has approved gate contract");
      person.takesPicture("3-gate");
      person.says("approve", "{\"gate\": \"contract\", \"by\": \"ann\"}", "4-approve");

      change.succeeded(outcome(change));
      assertThat(worker.isAlive()).isTrue();
      person.opensDetails(id);
      person.looksUntil("SUCCEEDED");
      person.takesPicture("5-done");
      assertThat(person.reads()).contains("COMPLETED");
      person.opensHistory();
      person.looksUntil("customers");
      person.takesPicture("6-history");
    }
    assertThat(Shown.attributes(change.run().describe()))
        .containsEntry("LockstepState", "SUCCEEDED");
  }

  @Test
  void anInlineDefinitionIsStarted() throws Exception {
    Change change = new Change(folder, SERVICE, 50_000, text -> text);
    String id = "migration/" + change.name;
    try (Child worker = worker();
        Person person = person()) {
      person.startsRun(id, change.request().toPrettyString(), "7-start-inline");
      change.succeeded(outcome(change));
      assertThat(worker.isAlive()).isTrue();
      person.opensDetails(id);
      person.looksUntil("SUCCEEDED");
      person.takesPicture("8-done-inline");
    }
    assertThat(change.run().describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
  }

  @Test
  void aBackupIsStarted() throws Exception {
    Change change = new Change(folder, SERVICE, 50_000, text -> text);
    new Calendar(folder, SERVICE).writeBackup(change);
    try (Child worker = worker();
        Person person = person()) {
      person.startsRun("Backup", BACKUP, "{\"name\": \"shop-often\"}", "9-start-backup");
      SERVICE
          .client()
          .newUntypedWorkflowStub(BACKUP)
          .getResult(Change.PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      assertThat(worker.isAlive()).isTrue();
      person.opensDetails(BACKUP);
      person.looksUntil("SUCCEEDED");
      person.takesPicture("10-backup");
    }
  }

  @Test
  void aWrongInputIsRefusedWithEverythingThatIsWrong() throws Exception {
    try (Child worker = worker();
        Person person = person()) {
      person.startsRun(
          "migration/wrong", "{\"nmae\": \"customer\", \"dryRun\": \"maybe\"}", "11-wrong-input");
      person.opensRun("migration/wrong");
      person.opensHistory();
      person.looksUntil(
          "unknown field nmae",
          "give either name or definition",
          "dryRun is true or false, not the text");
      person.takesPicture("12-refused");
      assertThat(worker.isAlive()).isTrue();
    }
  }

  private static RunOutcome outcome(Change change) throws Exception {
    return change.run().getResult(Change.PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
  }

  private static Person person() {
    Optional<Path> chromium = Person.findChromium();
    assumeThat(chromium)
        .as("no chromium in PATH: install the package chromium, or testbed up temporal as root")
        .isPresent();
    return new Person(chromium.orElseThrow(), SERVICE);
  }

  private Path definitions() throws IOException {
    return Files.createDirectories(folder.resolve("definitions"));
  }

  private Child worker() throws IOException {
    return new Terminal(folder, SERVICE)
        .worker(Map.of("LOCKSTEP_DEFINITIONS_PATH", definitions().toString()));
  }
}
