package dev.lockstep.deploy.bench.deliveries;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code lockstep server} as its launcher starts it. */
final class ServerProgram implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Pattern LISTENING = Pattern.compile("listening at ([^ ]+) for");

  private final Process process;
  private final String address;

  private ServerProgram(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one.
   *
   * @param folder for its definitions, its queue and what it says
   */
  static ServerProgram start(Path folder, String temporal, String definitions, String secret)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("definitions.yaml"), definitions);
    Path said = folder.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                System.getProperty("lockstep.launcher", "lockstep"),
                "server",
                "--address",
                temporal,
                "--listen",
                "127.0.0.1:0",
                "--max-deliveries",
                "1000000/s",
                "--queue-limit",
                "1000000",
                "--queue",
                folder.resolve("queue").toString(),
                "-f",
                file.toString()));
    builder.environment().put("WEBHOOK_SECRET", secret);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    return new ServerProgram(process, "http://" + address(process, said));
  }

  private static String address(Process process, Path said)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      Matcher found = LISTENING.matcher(Files.readString(said));
      if (found.find()) {
        return found.group(1);
      }
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new IOException("the server did not start: " + Files.readString(said));
  }

  String address() {
    return address;
  }

  /** Most memory that it had so far, in KiB. */
  long peakKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  /** SIGKILL, as a machine dies. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
