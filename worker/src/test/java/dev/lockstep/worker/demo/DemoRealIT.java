package dev.lockstep.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo from its start to its report, its worker killed in the middle. */
final class DemoRealIT {
  private static final long MINUTES = 6;

  @TempDir private Path folder = Path.of("");

  @Test
  void everyRowIsRightAndNoRequestFailsAlthoughTheWorkerIsKilled()
      throws IOException, InterruptedException {
    try (DemoProcess demo = new DemoProcess(folder, "--rows", "20000")) {
      Process process = demo.process();
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends in time").isTrue();
      assertThat(process.exitValue()).as(demo.output()).isZero();
      assertReport(folder.resolve("lockstep-demo"));
      assertThat(process.toHandle().descendants()).isEmpty();
      assertThat(demo.serverRuns()).isFalse();
    }
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
}
