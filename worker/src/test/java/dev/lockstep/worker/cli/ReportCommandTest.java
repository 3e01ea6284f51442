package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.backup.Manifest;
import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.Verdict;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code report} as scripts see it, on a folder that a backup and a drill left. */
final class ReportCommandTest {
  private static final Instant NIGHT = Instant.parse("2026-11-26T02:00:00Z");
  private static final String ID = "20261126T020000Z";

  @TempDir private Path folder = Path.of("");
  private final String home = System.getProperty("user.home");
  private Terminal terminal = new Terminal("");

  @BeforeEach
  void noRunsOfThisUser() {
    System.setProperty("user.home", folder.toString());
  }

  @AfterEach
  void restoreHome() {
    System.setProperty("user.home", home);
  }

  private int report(String... words) {
    terminal = new Terminal("");
    String[] all = new String[words.length + 1];
    all[0] = "report";
    System.arraycopy(words, 0, all, 1, words.length);
    return terminal.run(all);
  }

  private String file() throws IOException {
    Path file = folder.resolve("backups.yaml");
    Files.createDirectories(folder.resolve("store"));
    Files.writeString(
        file,
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: postgresql, connection: {url: "jdbc:postgresql://127.0.0.1:1/shop"}, credentials: {env: {username: NOBODY_SETS_U, password: NOBODY_SETS_P}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: copy}
        spec: {engine: postgresql, connection: {url: "jdbc:postgresql://127.0.0.1:1/copy"}, credentials: {env: {username: NOBODY_SETS_U, password: NOBODY_SETS_P}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Store
        metadata: {name: safe}
        spec: {filesystem: {path: "%s"}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Backup
        metadata: {name: shop-nightly}
        spec: {database: shop, store: safe, method: portable}
        ---
        apiVersion: lockstep.dev/v1
        kind: Drill
        metadata: {name: shop-drill}
        spec:
          of: shop-nightly
          into: {database: copy}
          checks: [{name: cheap, query: "select 1", expect: "= 2"}]
        """
            .formatted(folder.resolve("store")));
    return file.toString();
  }

  private void put(String key, String text) throws IOException {
    Path file = folder.resolve("store").resolve(key);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** As Lockstep writes it, to the byte. */
  private static String written(String manifest) throws IOException {
    return Wire.mapper().writeValueAsString(Wire.mapper().readValue(manifest, Manifest.class));
  }

  private void backup() throws IOException {
    put(
        "shop-nightly/" + ID + "/manifest.json",
        written(
            """
        {"version": 1, "backup": "shop-nightly", "id": "%s", "definitionHash": "ab",
         "facts": {"engine": "postgresql", "serverVersion": "18.6", "client": "", "method": "portable",
           "snapshot": "2026-11-26T02:00:01Z", "bytes": 4096, "rows": {}},
         "tables": [],
         "objects": [{"part": "data", "key": "shop-nightly/%s/data/data.zst", "bytes": 4096, "storedBytes": 1024,
           "storedSha256": "cd", "sha256": "ef", "compressed": false}],
         "started": "2026-11-26T02:00:00Z", "ended": "2026-11-26T02:00:02Z"}
        """
                .formatted(ID, ID)));
    put(
        "runs/backup/shop-nightly/" + ID + ".json",
        """
        {"state": "SUCCEEDED", "started": "2026-11-26T02:00:00Z", "ended": "2026-11-26T02:00:03Z",
         "figures": {"bytes": 4096, "kept": 3, "pruned": 1}}
        """);
  }

  private void drill() throws IOException {
    Evidence.Measure none =
        new Evidence.Measure(Optional.empty(), Optional.empty(), Optional.empty());
    Evidence.Measure age =
        new Evidence.Measure(
            Optional.of(Duration.ofHours(3)), Optional.of(Duration.ofHours(1)), Optional.of(false));
    Evidence evidence =
        new Evidence(
            1,
            "shop-drill",
            "shop-drill/" + ID,
            "shop-nightly",
            ID,
            Optional.of("ab".repeat(32)),
            NIGHT.plusSeconds(100),
            NIGHT.plusSeconds(200),
            Verdict.FAILED,
            none,
            age,
            List.of(new Evidence.CheckResult("cheap", StepState.FAILED)),
            List.of(),
            Optional.of(Fault.of(FaultCode.ANSWER_UNEXPECTED, "it is <1>", "verify/check-cheap")),
            Optional.empty());
    put(
        "drills/shop-drill/" + ID + "-20261126T020140Z.json",
        Wire.mapper().writeValueAsString(evidence));
  }

  @Test
  void aBackupIsToldFromItsStoreAsOneDocument() throws IOException {
    String file = file();
    backup();

    assertThat(report(file, "--name", "backup/shop-nightly", "--output", "json")).isZero();

    JsonNode report = terminal.json();
    assertThat(report.path("run").path("source").textValue()).isEqualTo("STORE");
    assertThat(report.path("run").path("state").textValue()).isEqualTo("SUCCEEDED");
    assertThat(report.path("course").path("figures").path("kept").intValue()).isEqualTo(3);
    assertThat(report.path("copies").path("backup").path("storedBytes").intValue()).isEqualTo(1024);
    assertThat(report.path("copies").path("backups")).hasSize(1);
    assertThat(report.path("unknown").toString())
        .contains("the store keeps only how the run ended");
    assertThat(terminal.messages()).isEmpty();
  }

  @Test
  void aFailedDrillIsReportedWithStatusZero() throws IOException {
    String file = file();
    backup();
    drill();

    assertThat(report(file, "--name", "drill/shop-drill", "--format", "markdown")).isZero();

    assertThat(terminal.output())
        .contains("**failed (the run: rolled back)**", "ANSWER\\_UNEXPECTED", "it is &lt;1&gt;")
        .contains(
            "| RPO | 3h00m | 1h00m | no |", "| public key | not signed |", "| cheap | failed |");
  }

  @Test
  void htmlGoesToAFileThatIsNamed() throws IOException {
    String file = file();
    backup();
    Path out = folder.resolve("report.html");

    assertThat(report(file, "--name", "backup/shop-nightly", "--out", out.toString())).isZero();

    assertThat(terminal.output())
        .isEqualTo("report of Backup shop-nightly, succeeded: " + out + "\n");
    assertThat(Files.readString(out)).startsWith("<!DOCTYPE html>").contains("4.0 KiB");

    assertThat(
            report(
                file,
                "--name",
                "backup/shop-nightly",
                "--format",
                "html",
                "--output",
                "json",
                "--out",
                out.toString()))
        .isZero();
    assertThat(terminal.json().path("file").textValue()).isEqualTo(out.toString());
  }

  @Test
  void aDefinitionThatNeverRanIsRefused() throws IOException {
    assertThat(report(file(), "--name", "backup/shop-nightly")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages())
        .isEqualTo("lockstep: no run of backup/shop-nightly has left a trace yet: run it first\n");
  }

  @Test
  void aRunThatNobodyKnowsIsRefusedWithWhatWouldHelp() {
    assertThat(report("no-such-run", "--output", "json")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages())
        .startsWith("lockstep: there is no run migration/no-such-run: ")
        .contains("--address")
        .hasLineCount(1);
  }

  @Test
  void aMissingFileAndAMissingArgumentAreSaid() {
    assertThat(report("nowhere.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).isEqualTo("lockstep: there is no file nowhere.yaml\n");
    assertThat(report()).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).isEqualTo("lockstep: a definition file is missing\n");
  }

  @Test
  void twoDocumentsOnStandardOutputAreRefused() throws IOException {
    assertThat(report(file(), "--output", "json", "--format", "markdown"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("give --out FILE");
  }

  @Test
  void aServiceThatIsNotThereIsUnreachable() {
    assertThat(report("drop-phone", "--address", "127.0.0.1:1")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(terminal.messages()).contains("127.0.0.1:1").hasLineCount(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    String file = file();
    backup();

    assertThat(report(file, "--name", "backup/shop-nightly", "--out", folder.toString()))
        .isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).startsWith("lockstep: cannot write " + folder);
  }
}
