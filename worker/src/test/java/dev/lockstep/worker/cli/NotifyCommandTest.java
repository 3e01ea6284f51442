package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test message to real receivers. */
final class NotifyCommandTest {
  @TempDir private Path folder = Path.of("");
  private final Terminal terminal = new Terminal("");
  private final AtomicInteger status = new AtomicInteger(200);
  private final HttpServer receiver;

  NotifyCommandTest() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void whoTookItIsSaid() throws IOException {
    assertThat(terminal.run("notify", file())).isEqualTo(0);
    assertThat(terminal.output()).contains("ops: delivered");
  }

  @Test
  void whoRefusedItIsSaidWithoutTheAddress() throws IOException {
    status.set(404);

    assertThat(terminal.run("notify", file())).isEqualTo(3);
    assertThat(terminal.output())
        .contains("ops: not delivered: ", "HTTP status 404")
        .doesNotContain("hunter2");
  }

  @Test
  void whoIsAwayIsSaid() throws IOException {
    status.set(503);

    assertThat(terminal.run("notify", file())).isEqualTo(4);
  }

  @Test
  void anUnknownNameIsSaid() throws IOException {
    assertThat(terminal.run("notify", file(), "--name", "audit")).isEqualTo(2);
    assertThat(terminal.messages()).contains("no Notification is called audit", "ops");
  }

  private String file() throws IOException {
    Path url = folder.resolve("url");
    Files.writeString(
        url, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook/hunter2\n");
    return Files.writeString(
            folder.resolve("notification.yaml"),
            """
            apiVersion: lockstep.dev/v1
            kind: Notification
            metadata: {name: ops}
            spec:
              to: {slack: {url: {file: "%s"}}}
            """
                .formatted(url))
        .toString();
  }
}
