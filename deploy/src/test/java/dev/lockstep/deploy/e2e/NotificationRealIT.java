package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration on the embedded engine, and a receiver that fails twice before it takes the notice.
 */
final class NotificationRealIT {
  private static final int FAILURES = 2;

  @TempDir private Path folder = Path.of("");
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final HttpServer receiver = server();

  NotificationRealIT() throws IOException {}

  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(got.size() <= FAILURES ? 503 : 200, -1);
          exchange.close();
        });
    return server;
  }

  @BeforeEach
  void start() {
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void theRunEndsAndTheNoticeArrives() throws Exception {
    try (Child run = run(write())) {
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output()).doesNotContain("hunter2", "was given up");
    }

    assertThat(got).hasSize(FAILURES + 1);
    assertThat(got).containsOnly(got.get(0));
    assertThat(got.get(0)).contains("\"event\":\"succeeded\"", "\"text\":\"it is succeeded\"");
  }

  @Test
  void aReceiverThatIsNotThereIsNamedAtTheEnd() throws Exception {
    receiver.removeContext("/hook");

    try (Child run = run(write())) {
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output())
          .contains(
              "notification ops was given up: the receiver of notification ops answered with HTTP"
                  + " status 404")
          .doesNotContain("hunter2");
    }
  }

  private Child run(Path file) throws IOException {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?hunter2";
    return Child.lockstep(folder, Map.of("HOOK_URL", url), "run", file.toString());
  }

  private Path write() throws IOException {
    return Files.writeString(
        folder.resolve("change.yaml"),
        new TokenShop().definition(folder, 50_000, "")
            + """
            ---
            apiVersion: lockstep.dev/v1
            kind: Notification
            metadata: {name: ops}
            spec:
              on: [succeeded]
              to: {webhook: {url: {env: HOOK_URL}}}
              template: "it is ${state}"
            """);
  }
}
