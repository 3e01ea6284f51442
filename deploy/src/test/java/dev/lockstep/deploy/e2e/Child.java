package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A JVM of its own, so that it can die. */
public final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Process process;
  private final Path said;
  private final Path log;

  private Child(Process process, Path said, Path log) {
    this.process = process;
    this.said = said;
    this.log = log;
  }

  /** The command {@code lockstep} with these arguments. */
  public static Child lockstep(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("dev.lockstep.worker.cli.Main"));
    command.addAll(List.of(arguments));
    return start(folder, environment, command);
  }

  /**
   * Starts one with the application as it is installed, and the class path of this JVM.
   *
   * @param folder its home and working directory
   * @param command main class and arguments
   */
  public static Child start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    words.add("-Duser.home=" + folder);
    words.addAll(BuiltApp.options());
    words.addAll(command);
    Path said = Files.createTempFile(folder, "child", ".out");
    Path log = Files.createTempFile(folder, "child", ".log");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(said.toFile());
    builder.redirectError(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return new Child(builder.start(), said, log);
  }

  /** Its exit status. */
  public int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      close();
      throw new IllegalStateException("it does not end: " + output());
    }
    return process.exitValue();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns when it holds; fails where the process ends before, or patience does. */
  public void await(Duration patience, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(patience)
        .pollInterval(LOOK)
        .failFast(() -> assertThat(isAlive()).as(output()).isTrue())
        .until(condition);
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** What it wrote so far, to its standard output and to its standard error. */
  public String output() {
    return read(said) + read(log);
  }

  /** What it wrote so far to its standard output alone. */
  public String result() {
    return read(said);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output: " + e.getMessage();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
