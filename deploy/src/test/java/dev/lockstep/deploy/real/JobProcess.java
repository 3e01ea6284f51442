package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process of a pipeline: {@code lockstep} is on its path, and it has no other environment. */
final class JobProcess {
  /** Where the files for pipelines are: {@code deploy/ci}. */
  static final Path CI = Testbed.read().folder().resolveSibling("ci");

  /** The folder of the sources. */
  static final Path ROOT = CI.resolve("../..").normalize();

  private static final long PATIENCE_SECONDS = 300;

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  /** One whose home is that folder. */
  JobProcess(Path folder) {
    this.folder = folder;
    set("PATH", ROOT + ":" + System.getenv("PATH"));
    set("HOME", folder.toString());
  }

  JobProcess set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Runs a command that ends with this status.
   *
   * @return what it printed, in which no token is
   */
  String says(int exit, Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "job", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String output = Files.readString(said);
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(exit);
    assertThat(output).doesNotContain(Deliveries.TOKEN, CodeHost.TOKEN);
    return output;
  }
}
