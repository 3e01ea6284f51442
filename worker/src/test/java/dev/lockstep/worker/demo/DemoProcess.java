package dev.lockstep.worker.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo as a user starts it: a process of its own, with embedded servers. */
final class DemoProcess implements AutoCloseable {
  private final Path folder;
  private final Process process;

  /** Starts it in an empty folder, which takes its reports, its output and its servers. */
  DemoProcess(Path folder, String... arguments) throws IOException {
    this.folder = folder;
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lockstep.worker.cli.Main",
            "demo");
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(folder.resolve("output.txt").toFile());
    this.process = builder.start();
  }

  Process process() {
    return process;
  }

  /** What it has said. */
  String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  /** The server is no child: it leaves its parent when it starts. */
  boolean serverRuns() {
    return ProcessHandle.allProcesses()
        .flatMap(each -> each.info().command().stream())
        .anyMatch(command -> command.startsWith(folder.toString()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
