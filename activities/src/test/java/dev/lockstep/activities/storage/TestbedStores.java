package dev.lockstep.activities.storage;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The servers of deploy/testbed, and stores on them as a worker opens them. */
public final class TestbedStores {
  private static final int PATIENCE_SECONDS = 60;

  private TestbedStores() {}

  /**
   * Where a server is, by what {@code testbed env} prints.
   *
   * @throws IllegalStateException where its part is not up
   */
  public static String address(String variable, String part)
      throws IOException, InterruptedException {
    Path command = command(Path.of("").toAbsolutePath());
    File printed = File.createTempFile("testbed", ".env");
    Process env =
        new ProcessBuilder(command.toString(), "env")
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(printed)
            .start();
    boolean ended = env.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String text = Files.readString(printed.toPath());
    Files.delete(printed.toPath());
    Matcher line =
        Pattern.compile("^export " + variable + "='?(.*?)'?$", Pattern.MULTILINE).matcher(text);
    if (!ended || !line.find()) {
      throw new IllegalStateException(
          "the testbed has no %s: start it with %s up %s".formatted(variable, command, part));
    }
    return line.group(1);
  }

  /**
   * The same for a part that is not to be had everywhere: where it is not up the test is skipped.
   */
  public static String optional(String variable, String part)
      throws IOException, InterruptedException {
    try {
      return address(variable, part);
    } catch (IllegalStateException e) {
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  /** Opens a store; the names of its secrets are those of {@code secrets}. */
  static ObjectStore open(StorePlace place, Map<String, String> secrets) {
    Databases databases =
        new Databases(
            ConnectionSettings.DEFAULT,
            SecretReader.NONE,
            name -> Optional.ofNullable(secrets.get(name)));
    return new DefinedStores(databases.tokens()).open(new Store("tested", place, Optional.empty()));
  }

  static SecretReference secret(String name) {
    return new SecretReference.Variable(name);
  }

  /** Maven starts tests in their module, an editor in the root. */
  private static Path command(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path command = folder.resolve("deploy/testbed/testbed");
      if (Files.isExecutable(command)) {
        return command;
      }
    }
    throw new IllegalStateException("no deploy/testbed/testbed above " + from);
  }
}
