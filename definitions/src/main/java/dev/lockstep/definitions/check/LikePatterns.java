package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.List;
import java.util.regex.Pattern;

/** Patterns of SQL's LIKE. */
record LikePatterns(List<Problem> problems) {
  /**
   * An odd number of backslashes at the end: the database takes no pattern that escapes nothing.
   */
  private static final Pattern OPEN_ESCAPE = Pattern.compile("(?s)(?:.*[^\\\\])?(?:\\\\\\\\)*\\\\");

  void check(String path, String pattern) {
    if (OPEN_ESCAPE.matcher(pattern).matches()) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `" + pattern + "`; wanted \\\\ for a single \\ at its end"));
    }
  }
}
