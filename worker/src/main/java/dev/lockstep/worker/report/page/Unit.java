package dev.lockstep.worker.report.page;

import java.time.Duration;
import java.util.Locale;

/** What a number counts. */
public enum Unit {
  /** Rows. */
  ROWS("rows"),
  /** Rows a second. */
  ROWS_PER_SECOND("rows/s"),
  /** Bytes. */
  BYTES("bytes"),
  /** Bytes a second. */
  BYTES_PER_SECOND("bytes/s"),
  /** Milliseconds. */
  MILLIS("ms"),
  /** Seconds, shown as a duration. */
  SECONDS("time");

  private final String label;

  Unit(String label) {
    this.label = label;
  }

  /** The word for people. */
  public String label() {
    return label;
  }

  /** The number with what it counts, where that is not its column's heading. */
  public String show(double value) {
    return switch (this) {
      case ROWS, ROWS_PER_SECOND, MILLIS -> number(value);
      case BYTES -> Quantities.bytes(Math.round(value));
      case BYTES_PER_SECOND -> Quantities.bytes(Math.round(value)) + "/s";
      case SECONDS -> Quantities.duration(Duration.ofMillis(Math.round(value * 1000)));
    };
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%,.1f", value);
  }
}
