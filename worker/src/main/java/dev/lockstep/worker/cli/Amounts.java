package dev.lockstep.worker.cli;

import dev.lockstep.worker.report.page.Quantities;
import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, for people. */
final class Amounts {
  private Amounts() {}

  static String rows(long rows) {
    if (rows < 0) {
      return "an unknown number of rows";
    }
    return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
  }

  static String bytes(long bytes) {
    return Quantities.bytes(bytes);
  }

  /** To the second from a minute on; below, with one decimal; below a second, in milliseconds. */
  static String duration(Duration duration) {
    return Quantities.duration(duration);
  }
}
