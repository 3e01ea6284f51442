package dev.lockstep.deploy.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code deploy/testbed/testbed} has started, by what its {@code env} prints, and a way to end
 * and start single servers. Tests never start the testbed: {@code testbed up} takes minutes and
 * outlives them.
 */
public final class Testbed {
  private static final Pattern EXPORT = Pattern.compile("export (LOCKSTEP_TESTBED\\w*)='?(.*?)'?");
  private static final long PATIENCE_MINUTES = 5;

  private final Path command;
  private final Map<String, String> environment;

  private Testbed(Path command, Map<String, String> environment) {
    this.command = command;
    this.environment = environment;
  }

  /** What is up now. */
  public static Testbed read() {
    Path command = command();
    Map<String, String> environment = new TreeMap<>();
    for (String line : run(command, "env").split("\n")) {
      Matcher export = EXPORT.matcher(line.strip());
      if (export.matches()) {
        environment.put(export.group(1), export.group(2));
      }
    }
    return new Testbed(command, environment);
  }

  /** Host and port of the Temporal service. */
  public String temporal() {
    return value("LOCKSTEP_TESTBED_TEMPORAL", "temporal");
  }

  /** Where its web UI is. */
  public String temporalUi() {
    return value("LOCKSTEP_TESTBED_TEMPORAL_UI", "temporal");
  }

  /** An administrator's kubeconfig. */
  public Path kubeconfig() {
    return Path.of(value("LOCKSTEP_TESTBED_KUBECONFIG", "kubernetes"));
  }

  /** JDBC URL of a PostgreSQL beside the cluster; user and password are {@code postgres}. */
  public String postgres() {
    return value("LOCKSTEP_TESTBED_POSTGRES", "postgres");
  }

  /** Where its scripts and manifests are: {@code deploy/testbed}. */
  public Path folder() {
    Path folder = command.getParent();
    return folder == null ? Path.of("") : folder;
  }

  /** Whether the testbed has a variable, such as {@code LOCKSTEP_TESTBED_MYSQL}. */
  public boolean has(String name) {
    return environment.containsKey(name);
  }

  /**
   * A variable of {@code testbed env}.
   *
   * @param part that sets it, for the message
   * @throws IllegalStateException where that part is not up
   */
  public String value(String name, String part) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "the testbed has no %s: start it with %s up %s".formatted(name, command, part));
    }
    return value;
  }

  /** Ends a server by SIGKILL, for example {@code temporal-server}. */
  public void kill(String server) {
    run(command, "kill", server);
  }

  /** Starts what is dead of a part, with the data it had, and waits until it is healthy. */
  public void up(String part) {
    run(command, "up", part);
  }

  static Path command() {
    return findCommand(Path.of("").toAbsolutePath());
  }

  /** Looks upwards: Maven starts tests in their module, an editor in the root. */
  private static Path findCommand(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path command = folder.resolve("deploy/testbed/testbed");
      if (Files.isExecutable(command)) {
        return command;
      }
    }
    throw new IllegalStateException("no deploy/testbed/testbed above " + from);
  }

  private static String run(Path command, String... arguments) {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    try {
      // A file, not a pipe: a server that outlives the command would keep a pipe open.
      Path output = Files.createTempFile("testbed", ".out");
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            words + (ended ? " ended with " + process.exitValue() : " does not end") + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
