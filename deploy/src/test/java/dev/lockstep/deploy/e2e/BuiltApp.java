package dev.lockstep.deploy.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the launcher starts: the jars of the worker with their archive of parsed classes, which
 * halves the work of a start. The launcher itself brings both up to date, once in a JVM of tests.
 */
final class BuiltApp {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path APP = ROOT.resolve("worker/target/app");
  private static final long PATIENCE_SECONDS = 600;

  private BuiltApp() {}

  /** Options of a JVM that has the application and, after it, the classes of the tests. */
  static List<String> options() {
    List<String> options = new ArrayList<>(Ready.ARCHIVE);
    options.add("-cp");
    options.add(
        String.join(
            File.pathSeparator,
            APP.resolve("lockstep-worker.jar").toString(),
            APP.resolve("lib") + File.separator + "*",
            classPath()));
    return options;
  }

  /** Absolute, because the child works elsewhere. */
  private static String classPath() {
    String path = System.getProperty("java.class.path");
    return String.join(
        File.pathSeparator,
        List.of(path.split(File.pathSeparator)).stream()
            .map(it -> Path.of(it).toAbsolutePath().toString())
            .toList());
  }

  /** Once a JVM, when it is first looked at. */
  private static final class Ready {
    static final List<String> ARCHIVE = archive();

    private static List<String> archive() {
      ask();
      Path archive = APP.resolve("lockstep-" + System.getProperty("java.version") + ".jsa");
      return archive.toFile().length() > 0
          ? List.of("-Xshare:auto", "-Xlog:cds*=off", "-XX:SharedArchiveFile=" + archive)
          : List.of();
    }

    private static void ask() {
      try {
        Path said = Files.createTempFile("lockstep", ".out");
        ProcessBuilder launcher =
            new ProcessBuilder("sh", ROOT.resolve("lockstep").toString(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = launcher.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String words = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
          throw new IllegalStateException("the launcher is not ready: " + words);
        }
      } catch (IOException e) {
        throw new IllegalStateException("the launcher does not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the launcher made ready", e);
      }
    }
  }
}
