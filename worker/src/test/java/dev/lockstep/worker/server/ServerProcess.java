package dev.lockstep.worker.server;

import dev.lockstep.worker.server.Serving.Got;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The command {@code lockstep server} in a process of its own, so that it can die. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern LISTENING = Pattern.compile("listening at ([^ ]+) for");

  private final Process process;
  private final Path said;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ServerProcess(Path folder, String temporal) throws IOException {
    Path definitions = folder.resolve("shop.yaml");
    Files.writeString(definitions, Serving.definitions());
    said = Files.createTempFile(folder, "server", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lockstep.worker.cli.Main",
                "server",
                "--address",
                temporal,
                "--listen",
                "127.0.0.1:0",
                "--queue",
                folder.resolve("queue").toString(),
                "-f",
                definitions.toString()));
    builder.environment().put("GITHUB_WEBHOOK_SECRET", Serving.SECRET);
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    builder.redirectInput(new File("/dev/null"));
    process = builder.start();
  }

  private String said() throws IOException {
    return Files.readString(said);
  }

  private String address() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("it has ended: " + said());
              }
              Matcher address = LISTENING.matcher(said());
              return address.find() ? address.group(1) : "";
            },
            found -> !found.isEmpty());
  }

  Got push(String id, String body) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Serving.send(
        client,
        URI.create("http://" + address() + "/v1/triggers/backup-shop"),
        "POST",
        bytes,
        "X-GitHub-Delivery",
        id,
        "X-GitHub-Event",
        "push",
        "X-Hub-Signature-256",
        Serving.signature(bytes));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; its exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
