package dev.lockstep.deploy.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program under way. */
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final long KIBI = 1024;
  private static final int LAST_LINES = 5;

  private final String name;
  private final Process process;
  private final Path said;
  private final Path log;
  private final Thread killer;
  private long peakResidentBytes;

  private Program(String name, Process process, Path said, Path log) {
    this.name = name;
    this.process = process;
    this.said = said;
    this.log = log;
    this.killer = new Thread(process::destroyForcibly, "kill-" + name);
    // An end by a signal passes by close.
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /** It ended with a status that is not 0. */
  public static final class FailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what it said last. */
    public FailedException(String message) {
      super(message);
    }
  }

  /**
   * Starts it.
   *
   * @param environment added to that of this process
   * @param folder its working directory; what it writes is kept there
   */
  public static Program start(List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    String name = String.valueOf(Path.of(command.get(0)).getFileName());
    Path said = Files.createTempFile(folder, name, ".out");
    Path log = Files.createTempFile(folder, name, ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(said.toFile()).redirectError(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return new Program(name, builder.start(), said, log);
  }

  /** Starts it and waits for its good end; what it wrote to its standard output. */
  public static String run(List<String> command, Map<String, String> environment, Path folder)
      throws IOException, InterruptedException {
    try (Program program = start(command, environment, folder)) {
      return program.await();
    }
  }

  /**
   * Waits for its good end; what it wrote to its standard output.
   *
   * @throws FailedException where it does not end well
   */
  public String await() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new FailedException(name + " did not end within " + PATIENCE.toMinutes() + " minutes");
    }
    if (process.exitValue() != 0) {
      throw new FailedException(name + " ended with " + process.exitValue() + ": " + lastLines());
    }
    return output();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL: no handler runs, nothing is said to anybody. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** What it wrote to its standard output so far. */
  public String output() throws IOException {
    return Files.readString(said);
  }

  /** What it wrote to its standard error so far. */
  public String messages() throws IOException {
    return Files.readString(log);
  }

  /** The most memory that it has held so far, in bytes; 0 where the system does not tell. */
  public long peakResidentBytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          peakResidentBytes = Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI;
        }
      }
    } catch (IOException e) {
      // Not Linux, or gone: the last look stands.
    }
    return peakResidentBytes;
  }

  private String lastLines() throws IOException {
    List<String> lines = (output() + messages()).lines().filter(line -> !line.isBlank()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
