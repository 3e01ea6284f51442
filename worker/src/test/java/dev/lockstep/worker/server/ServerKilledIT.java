package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.server.Serving.Got;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is killed while deliveries wait on its disk. */
final class ServerKilledIT {
  private static final int DELIVERIES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Nothing listens there. */
  private static final String AWAY = "127.0.0.1:1";

  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasAnsweredIsStartedByTheNextOne() throws Exception {
    try (ServerProcess first = new ServerProcess(folder, AWAY)) {
      for (int number = 1; number <= DELIVERIES; number++) {
        Got kept = first.push("" + number, Serving.main(number));
        assertThat(kept.status()).isEqualTo(202);
        assertThat(kept.body().path("status").asText()).isEqualTo("queued");
      }
      first.kill();
    }
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(temporal.address());
        ServerProcess second = new ServerProcess(folder, temporal.address())) {
      String runId = runOf(second, 1);
      connection.client().newUntypedWorkflowStub("backup/shop-nightly").terminate("test");
      for (int number = 1; number <= DELIVERIES; number++) {
        assertThat(runOf(second, number)).isEqualTo(runId);
      }
      assertThat(second.terminate()).isZero();
    }
  }

  private static String runOf(ServerProcess server, int number) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> server.push("" + number, Serving.main(number)),
            got -> got.body().path("status").asText().equals("started"))
        .body()
        .path("runId")
        .asText();
  }
}
