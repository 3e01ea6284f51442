package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of pipelines, with a real server and a real service, and a host of code of our own.
 */
final class PipelineRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();

  @TempDir private Path folder = Path.of("");

  private Terminal terminal;
  private Calendar definitions;
  private Change change;
  private CodeHost host;

  @BeforeEach
  void write() throws IOException {
    host = new CodeHost();
    terminal = new Terminal(folder, SERVICE);
    definitions = new Calendar(folder, SERVICE);
    change = new Change(folder, SERVICE, 100_000, text -> text);
    definitions.writeBackup(change);
    definitions.writeTrigger(
        "nightly", "{kind: Backup, name: shop-often}", "{bearer: {token: {env: OPS}}}");
  }

  @AfterEach
  void end() {
    host.close();
    SERVICE.replayAndEnd();
  }

  @Test
  void aPlanIsShownAtTheRequestAndReplacedByTheNextOne() throws Exception {
    Pipeline gitHub = Pipeline.gitHub(folder, host, "1");
    assertThat(gitHub.says(0, "plan", change.path())).contains("customers");
    assertThat(host.comments())
        .singleElement()
        .asString()
        .contains("<!-- lockstep plan " + change.path() + " -->", "customers");

    Files.writeString(change.file, "nonsense: [");
    gitHub.says(1, "plan", change.path());
    assertThat(host.comments()).singleElement().asString().contains(change.path() + ":");

    Pipeline gitLab = Pipeline.gitLab(folder, host, "1");
    gitLab.says(1, "plan", change.path());
    gitLab.says(1, "plan", "other.yaml");
    assertThat(host.comments()).hasSize(2);
    assertThat(host.comments().get(1)).contains("lockstep plan other.yaml");
  }

  @Test
  void aPushRunsOnceAndTheCommitShowsItsEnd() throws Exception {
    try (Child worker = terminal.worker(definitions.settings());
        Deliveries server = new Deliveries(terminal, definitions.folder)) {
      assertThat(worker.isAlive()).isTrue();
      Pipeline job = Pipeline.gitHub(folder, host, "1").with(server);
      assertThat(job.says(0, "run", "nightly")).contains("SUCCEEDED");
      assertThat(host.statuses())
          .containsExactly(
              "pending lockstep/nightly/pipeline backup/shop-often is under way",
              "success lockstep/nightly/pipeline backup/shop-often: succeeded");

      assertThat(host.commits()).containsExactly(Pipeline.COMMIT);

      job.says(0, "run", "nightly");
      assertThat(definitions.backups()).isEqualTo(1);
      job.says(0, "run", "nightly", "{\"leg\": 2}");
      assertThat(definitions.backups()).isEqualTo(2);

      Pipeline.gitLab(folder, host, "2")
          .with(server)
          .says(0, "run", "nightly", "{\"more\":", "[1]}");
      assertThat(definitions.backups()).isEqualTo(3);
      assertThat(host.statuses())
          .endsWith(
              "running lockstep/nightly/pipeline backup/shop-often is under way",
              "success lockstep/nightly/pipeline backup/shop-often: succeeded");

      assertThat(
              job.set("GITHUB_REF_NAME", "side")
                  .set("GITHUB_RUN_ID", "3")
                  .says(0, "run", "nightly"))
          .contains("nothing to run: ");
      assertThat(job.says(2, "run", "nightly", "nonsense")).contains("no JSON object: nonsense");
      assertThat(job.set("CI_LOCKSTEP_TRIGGER_TOKEN", "wrong").says(1, "run", "nightly"))
          .contains("the server takes no delivery", "no trigger accepts this delivery");
      assertThat(definitions.backups()).isEqualTo(3);
    }
  }

  @Test
  void aRunThatFailsFailsTheJob() throws Exception {
    Path backup = definitions.folder.resolve("backup.yaml");
    String store = folder.resolve("store").toString();
    Files.writeString(backup, Files.readString(backup).replace(store, "/proc/nothing"));
    try (Deliveries server = new Deliveries(terminal, definitions.folder)) {
      Pipeline job = Pipeline.gitLab(folder, host, "1").with(server);
      // Longer than a delivery waits for its run.
      assertThat(job.set("CI_LOCKSTEP_WAIT", "15").says(3, "run", "nightly")).contains("goes on");

      try (Child worker = terminal.worker(definitions.settings())) {
        assertThat(worker.isAlive()).isTrue();
        assertThat(job.set("CI_LOCKSTEP_WAIT", "150").says(1, "run", "nightly"))
            .contains("/proc/nothing");
      }
      assertThat(host.statuses())
          .last()
          .asString()
          .startsWith("failed lockstep/nightly/pipeline backup/shop-often: ");
    }
  }
}
