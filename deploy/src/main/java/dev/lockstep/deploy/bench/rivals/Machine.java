package dev.lockstep.deploy.bench.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a reader has to know of the machine. */
final class Machine {
  private static final double KIBI_A_GIBI = 1024.0 * 1024;

  private Machine() {}

  static List<String> lines(Copies copies) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return List.of(
        "%d cores%s, %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                system,
                System.getProperty("java.version")),
        copies.about());
  }

  private static String memory() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .mapToObj(kibi -> String.format(Locale.ROOT, ", %.0f GiB", kibi / KIBI_A_GIBI))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      // Not Linux.
      return "";
    }
  }
}
