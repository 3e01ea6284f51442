package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short commands by exec, by their frames: 1 output, 2 errors, 3 the status. */
final class PodCommandTest {
  private static final PodName POD = new PodName("shop", "postgres-0", "postgres");

  private final KubernetesMockServer server = new KubernetesMockServer(false);
  private final ClusterConnection connection;

  PodCommandTest(@TempDir Path directory) throws IOException {
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

  private Optional<String> run(Duration limit, Runnable alive, WebSocketMessage... frames) {
    server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/shop/pods/postgres-0/exec?command=sync&command=-f"
                + "&container=postgres&stdin=true&stdout=true&stderr=true")
        .andUpgradeToWebSocket()
        .open((Object[]) frames)
        .expect("what nobody says, so that the channel stays open")
        .andEmit("nothing")
        .once()
        .done()
        .always();
    return new PodCommand(new PodPrograms(connection))
        .run(POD, List.of("sync", "-f"), limit, alive);
  }

  @Test
  void statusZeroIsSuccessWhateverWasSaid() {
    assertThat(
            run(
                Duration.ofSeconds(20),
                () -> {},
                frame(1, "x".repeat(100_000)),
                frame(2, "a warning"),
                frame(3, "{\"status\":\"Success\"}")))
        .isEmpty();
  }

  @Test
  void anotherStatusIsToldWithTheLastWords() {
    Optional<String> failed =
        run(
            Duration.ofSeconds(20),
            () -> {},
            frame(2, "first words " + "x".repeat(2000) + " it hurts\n"),
            frame(
                3,
                """
                {"status":"Failure","reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
                """));

    assertThat(failed.orElseThrow())
        .startsWith("it ended with status 3: ")
        .endsWith(" it hurts")
        .doesNotContain("first words")
        .hasSizeLessThan(600);
  }

  @Test
  void whatDoesNotEndIsGivenUp() {
    assertThat(run(Duration.ofSeconds(1), () -> {}, frame(1, "working")))
        .contains("it has not ended within 1s: working");
  }

  @Test
  void theWishToStopEndsTheWait() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofSeconds(20),
                    () -> {
                      throw new ActivityCanceledException();
                    },
                    frame(1, "working")))
        .isInstanceOf(ActivityCanceledException.class);
  }
}
