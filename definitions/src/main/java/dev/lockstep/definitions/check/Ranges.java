package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.time.Duration;
import java.util.List;

/** Compares durations with what is allowed. */
record Ranges(List<Problem> problems) {
  void check(String path, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is " + shown(value) + "; wanted " + shown(least) + " to " + shown(most)));
    }
  }

  private static String shown(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.toNanosPart() != 0) {
      return duration.toSeconds() > Integer.MAX_VALUE
          ? duration.toString()
          : duration.toMillis() + "ms";
    }
    return duration.toSeconds() % 86_400 == 0
        ? duration.toDays() + "d"
        : duration.toSeconds() + "s";
  }
}
