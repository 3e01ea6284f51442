package dev.lockstep.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo ended by its user before its time. */
final class DemoEndedRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOutlivesADemoThatIsTerminatedOrKilled(boolean killed)
      throws IOException, InterruptedException {
    try (DemoProcess demo = new DemoProcess(folder, "--rows", "20000")) {
      Process process = demo.process();
      Path log = folder.resolve("lockstep-demo").resolve("worker.log");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  !process.isAlive()
                      || (Files.exists(log) && Files.readString(log).contains("working for")));
      assertThat(process.isAlive()).as(demo.output()).isTrue();
      List<ProcessHandle> children = process.toHandle().descendants().toList();
      assertThat(children).isNotEmpty();
      assertThat(demo.serverRuns()).isTrue();

      if (killed) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive) && !demo.serverRuns());
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(folder).isDirectoryNotContaining("glob:**/lockstep-demo?*"));
    }
  }
}
