package dev.lockstep.deploy.bench.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The garbage collector's log of a JVM: it says what is in use without asking for a collection. */
final class CollectionLog {
  /** From {@code Pause Young (Normal) … 139M->12M(494M) 4.5ms} the 12. */
  private static final Pattern PAUSE = Pattern.compile("Pause .* [0-9]+M->([0-9]+)M\\(");

  private static final String OPTIONS = "LOCKSTEP_JAVA_OPTS";

  private CollectionLog() {}

  /**
   * The environment that makes the launcher's JVM write one, beside the user's own options.
   *
   * @param heap the most that it may take, such as {@code 256m}
   */
  static Map<String, String> environment(Path log, String heap) {
    String own = System.getenv(OPTIONS);
    return Map.of(
        OPTIONS, (own == null ? "" : own + " ") + "-Xmx" + heap + " -Xlog:gc:file=" + log);
  }

  /** The most that was in use after a collection, in MiB; empty where there was none. */
  static OptionalDouble mostAfter(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(PAUSE::matcher)
        .filter(Matcher::find)
        .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
        .max();
  }
}
