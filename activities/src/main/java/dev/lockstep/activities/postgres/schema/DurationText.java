package dev.lockstep.activities.postgres.schema;

import java.time.Duration;

/** Durations for people, in the one unit that says enough. */
final class DurationText {
  private DurationText() {}

  static String of(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return Math.max(0, duration.toMillis()) + "ms";
    }
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toMillis() % 1000 == 0 || duration.toSeconds() >= 10
          ? duration.toSeconds() + "s"
          : duration.toMillis() + "ms";
    }
    if (duration.compareTo(Duration.ofHours(2)) < 0) {
      return duration.toMinutes() + "m";
    }
    return duration.toHours() + "h";
  }
}
