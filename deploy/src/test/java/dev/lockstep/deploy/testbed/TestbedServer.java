package dev.lockstep.deploy.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The testbed's server; client programs are those of its folder. */
final class TestbedServer implements DatabaseServer {
  private static final long PATIENCE_MINUTES = 3;

  private final DatabaseKind kind;
  private final DatabaseKind.Endpoint endpoint;
  private final Path programs;
  private final Path files;

  private TestbedServer(DatabaseKind kind, Testbed testbed) {
    URI url = URI.create(testbed.value(variable(kind), kind.part()).substring("jdbc:".length()));
    this.kind = kind;
    this.endpoint = new DatabaseKind.Endpoint(url.getHost(), url.getPort());
    this.programs = Path.of(testbed.value(variable(kind) + "_BIN", kind.part()));
    try {
      this.files = Files.createTempDirectory("testbed-programs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that is up. */
  static Optional<DatabaseServer> find(DatabaseKind kind, Testbed testbed) {
    return testbed.has(variable(kind))
        ? Optional.of(new TestbedServer(kind, testbed))
        : Optional.empty();
  }

  private static String variable(DatabaseKind kind) {
    return "LOCKSTEP_TESTBED_" + kind.part().toUpperCase(Locale.ROOT);
  }

  @Override
  public DatabaseKind kind() {
    return kind;
  }

  @Override
  public String origin() {
    return "the testbed's, its programs in " + programs;
  }

  @Override
  public DatabaseKind.Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public DatabaseKind.Endpoint endpointOfPrograms() {
    return endpoint;
  }

  @Override
  public ProgramResult run(List<String> words) throws InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.set(0, programs.resolve(words.get(0)).toString());
    try {
      Path output = Files.createTempFile(files, "program", ".out");
      Path errors = Files.createTempFile(files, "program", ".err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put(kind.login().variable(), kind.login().password());
      builder.redirectInput(new File("/dev/null"));
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end: " + command);
      }
      ProgramResult result =
          new ProgramResult(
              process.exitValue(), Files.readString(output), Files.readString(errors));
      Files.delete(output);
      Files.delete(errors);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String place(String name, String text) {
    try {
      return Files.writeString(files.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(files)) {
      all.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
