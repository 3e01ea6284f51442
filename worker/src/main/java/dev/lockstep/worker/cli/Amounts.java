package dev.lockstep.worker.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, for people. */
final class Amounts {
  private static final long KIBI = 1024;

  private Amounts() {}

  static String rows(long rows) {
    if (rows < 0) {
      return "an unknown number of rows";
    }
    return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
  }

  static String bytes(long bytes) {
    if (bytes < KIBI) {
      return bytes + " B";
    }
    double value = bytes;
    String unit = "B";
    for (String next : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      if (value < KIBI) {
        break;
      }
      value /= KIBI;
      unit = next;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, unit);
  }

  /** To the second from a minute on; below, with one decimal; below a second, in milliseconds. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
    }
    if (seconds >= 60) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return seconds >= 1
        ? String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0)
        : duration.toMillis() + "ms";
  }
}
