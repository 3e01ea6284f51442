package dev.lockstep.deploy.bench;

import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the engine itself costs, without any database, and prints a table.
 *
 * <ol>
 *   <li>Start of a process, by {@code java … --version} without the launcher's class archive.
 *   <li>Start of the embedded engine: service, connection and worker.
 *   <li>A step: runs of ten steps whose activities do nothing, through the real workflow, worker
 *       and embedded service. Its time is that from the start of one step to the start of the next.
 * </ol>
 */
public final class EngineBench {
  private static final int STARTS = 5;
  private static final int RUNS = 10;
  private static final int STEPS = 10;

  private EngineBench() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    System.out.printf(Locale.ROOT, "%-44s %8s %8s %8s%n", "milliseconds", "p50", "min", "max");
    print("process: lockstep --version", processStarts());
    print("engine: embedded service and worker", engineStarts());
    print("step: empty activity, run of %d steps".formatted(STEPS), steps());
  }

  private static void print(String what, List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-44s %8.1f %8.1f %8.1f%n",
        what,
        millis(sorted.get(sorted.size() / 2)),
        millis(sorted.get(0)),
        millis(sorted.get(sorted.size() - 1)));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static List<Duration> processStarts() throws IOException, InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int start = 0; start < STARTS; start++) {
      long began = System.nanoTime();
      int exit =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.lockstep.worker.cli.Main",
                  "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException("lockstep --version ended with " + exit);
      }
      times.add(Duration.ofNanos(System.nanoTime() - began));
    }
    return times;
  }

  private static List<Duration> engineStarts() throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int start = 0; start < STARTS; start++) {
      long began = System.nanoTime();
      try (EmbeddedTemporal service = EmbeddedTemporal.start();
          EngineConnection connection = EngineConnection.to(service.address());
          LockstepWorker worker = LockstepWorker.start(connection, EngineHands.of(STEPS))) {
        times.add(Duration.ofNanos(System.nanoTime() - began));
        EngineRuns.once(connection, worker);
      }
    }
    return times;
  }

  private static List<Duration> steps() throws Exception {
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(service.address());
        LockstepWorker worker = LockstepWorker.start(connection, EngineHands.of(STEPS))) {
      // The first run pays for loading classes.
      EngineRuns.once(connection, worker);
      List<Duration> times = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        times.addAll(EngineRuns.once(connection, worker));
      }
      return times;
    }
  }
}
