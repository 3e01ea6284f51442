package dev.lockstep.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo as a user starts it: a process of its own, with embedded servers and a killed worker.
 */
final class DemoIT {
  private static final long MINUTES = 6;

  @TempDir private Path folder = Path.of("");
  private @Nullable Process demo;

  @AfterEach
  void endProcess() {
    if (demo != null) {
      demo.destroyForcibly();
    }
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lockstep.worker.cli.Main",
            "demo");
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(output().toFile());
    Process process = builder.start();
    demo = process;
    return process;
  }

  /** The server is no child: it leaves its parent when it starts. */
  private boolean serverRuns() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().command().stream())
        .anyMatch(command -> command.startsWith(folder.toString()));
  }

  private Path output() {
    return folder.resolve("output.txt");
  }

  @Test
  void everyRowIsRightAndNoRequestFailsAlthoughTheWorkerIsKilled()
      throws IOException, InterruptedException {
    Process process = start("--rows", "20000");

    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends in time").isTrue();
    assertThat(process.exitValue()).as(Files.readString(output())).isZero();
    assertReport(folder.resolve("lockstep-demo"));
    assertThat(process.toHandle().descendants()).isEmpty();
    assertThat(serverRuns()).isFalse();
  }

  private static void assertReport(Path folder) throws IOException {
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.path("state").textValue()).isEqualTo("SUCCEEDED");
    assertThat(report.path("passed").booleanValue()).isTrue();
    assertThat(report.path("rows").longValue()).isEqualTo(20_000);
    assertThat(report.path("traffic").path("requests").longValue()).isPositive();
    assertThat(report.path("traffic").path("failed").longValue()).isZero();
    assertThat(report.path("traffic").path("wrongNames").longValue()).isZero();
    assertThat(report.path("traffic").path("phases").path("migrate").path("requests").longValue())
        .isPositive();
    assertThat(report.path("verify").path("rows").longValue()).isGreaterThanOrEqualTo(20_000);
    assertThat(report.path("verify").path("mismatches").longValue()).isZero();
    assertThat(report.path("workerKills").intValue()).isEqualTo(1);
    assertThat(report.path("backfill").path("rows").longValue()).isPositive();
    assertThat(report.path("backfill").path("batchesRepeated").longValue()).isBetween(0L, 1L);
    assertThat(report.path("locks").path("maxWaitMillis").longValue()).isBetween(0L, 500L);
    assertThat(report.path("cluster").textValue()).isEqualTo("simulated");
    assertThat(report.path("schemaAfter").toString()).contains("full_name text not null");
    assertThat(report.path("timeline").size()).isGreaterThan(5);
    assertThat(folder)
        .isDirectoryContaining("glob:**report.html")
        .isDirectoryNotContaining("glob:**.yaml");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOutlivesADemoThatIsTerminatedOrKilled(boolean killed)
      throws IOException, InterruptedException {
    Process process = start("--rows", "20000");
    Path log = folder.resolve("lockstep-demo").resolve("worker.log");
    Awaitility.await()
        .atMost(Duration.ofMinutes(MINUTES))
        .until(
            () ->
                !process.isAlive()
                    || (Files.exists(log) && Files.readString(log).contains("working for")));
    assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
    List<ProcessHandle> children = process.toHandle().descendants().toList();
    assertThat(serverRuns()).isTrue();

    if (killed) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(children).isNotEmpty();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive) && !serverRuns());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(folder).isDirectoryNotContaining("glob:**/lockstep-demo?*"));
  }
}
