package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Observation;
import java.util.Locale;

/** Live figures of a table, for messages. */
final class Figures {
  private static final long GIBIBYTE = 1L << 30;
  private static final long MEBIBYTE = 1L << 20;

  private Figures() {}

  /** The table with its rows, size and write rate. */
  static String of(Observation.Table table) {
    String rows = table.rows() < 0 ? "rows unknown" : rows(table.rows());
    return String.format(
        Locale.ROOT,
        "%s (%s, %s, %.1f writes/s)",
        table.name(),
        rows,
        bytes(table.bytes()),
        table.writesPerSecond());
  }

  static String rows(long rows) {
    return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
  }

  static String bytes(long bytes) {
    return bytes >= GIBIBYTE
        ? String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE)
        : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MEBIBYTE);
  }
}
