package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exec's channels say, by their frames: 1 output, 2 errors, 3 the status. */
final class PodProcessTest {
  private static final PodName POD = new PodName("shop", "postgres-0", "postgres");
  private static final String PATH =
      "/api/v1/namespaces/shop/pods/postgres-0/exec?command=pg_dump&container=postgres"
          + "&stdin=true&stdout=true&stderr=true";

  private final KubernetesMockServer server = new KubernetesMockServer(false);
  private final ClusterConnection connection;

  PodProcessTest(@TempDir Path directory) throws IOException {
    server.init();
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
    server
        .expect()
        .get()
        .withPath("/api/v1/namespaces/shop/pods/postgres-0")
        .andReturn(
            200,
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("postgres-0")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .always();
  }

  @AfterEach
  void close() {
    connection.close();
    server.destroy();
  }

  private static WebSocketMessage frame(int channel, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] framed = new byte[bytes.length + 1];
    framed[0] = (byte) channel;
    System.arraycopy(bytes, 0, framed, 1, bytes.length);
    return new WebSocketMessage(0L, framed, true, true);
  }

  private Process process(WebSocketMessage... frames) {
    server
        .expect()
        .get()
        .withPath(PATH)
        .andUpgradeToWebSocket()
        .open((Object[]) frames)
        .done()
        .always();
    return new PodPrograms(connection).start(POD, List.of("pg_dump"));
  }

  @Test
  void outputErrorsAndStatusComeApart() throws Exception {
    Process process =
        process(
            frame(1, "rows"),
            frame(2, "it hurts"),
            frame(1, " and rows"),
            frame(3, "{\"status\":\"Success\"}"));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(process.isAlive()).isFalse();
    assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("rows and rows");
    assertThat(process.getErrorStream().readAllBytes()).asString().isEqualTo("it hurts");
  }

  @Test
  void anotherStatusIsToldToo() throws Exception {
    Process process =
        process(
            frame(
                3,
                """
                {"status":"Failure","reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
                """));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  @Test
  void aChannelThatIsCutHasNoStatus() throws Exception {
    Process process = process(frame(1, "rows"));

    process.destroyForcibly();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(-1);
  }
}
