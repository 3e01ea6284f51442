package dev.lockstep.deploy.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** What a reader has to know of the machine and of the server. */
public final class Machine {
  private static final double KIBI_A_GIBI = 1024.0 * 1024;

  private Machine() {}

  /** Cores, memory, system, Java; then the server's version and what of its settings matters. */
  public static List<String> lines(Jdbi server) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return List.of(
        "%d cores%s, %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                system,
                System.getProperty("java.version")),
        server(server));
  }

  private static String server(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT 'PostgreSQL ' || current_setting('server_version')"
                        + " || ', fsync ' || current_setting('fsync')"
                        + " || ', shared_buffers ' || current_setting('shared_buffers')"
                        + " || ', max_wal_size ' || current_setting('max_wal_size')")
                .mapTo(String.class)
                .one());
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
