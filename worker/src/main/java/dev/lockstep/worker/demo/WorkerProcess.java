package dev.lockstep.worker.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code lockstep worker} as a process of its own, so that it can be killed. */
final class WorkerProcess implements AutoCloseable {
  private static final String HEAP = "-Xmx256m";
  private static final long KIBI = 1024;

  private final Process process;
  private long peakResidentBytes;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one with the class path of this process.
   *
   * @param address of the Temporal service
   * @param environment added to that of this process
   * @param log what it writes is appended here
   */
  static WorkerProcess start(String address, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.lockstep.worker.cli.Main", "worker", "--address", address));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.start();
    // An end by a signal passes by close; the worker must not outlive the demo.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-worker"));
    return new WorkerProcess(process);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no handler runs, nothing is said to anybody. */
  void kill() throws InterruptedException {
    sampleMemory();
    process.destroyForcibly();
    process.waitFor();
  }

  /** Notes the most memory that the process has held so far, where the system tells. */
  void sampleMemory() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          peakResidentBytes = Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI;
        }
      }
    } catch (IOException e) {
      // Not Linux, or gone: the last sample stands.
    }
  }

  /** 0 where the system does not tell. */
  long peakResidentBytes() {
    return peakResidentBytes;
  }

  @Override
  public void close() {
    sampleMemory();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
