package dev.lockstep.definitions.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
final class Spelling {
  private Spelling() {}

  /**
   * The nearest of the known names, where it differs by at most a third of its letters. Of equally
   * near ones the first.
   */
  static Optional<String> nearest(String name, Collection<String> known) {
    Optional<String> best = Optional.empty();
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(fold(name), fold(candidate));
      if (distance < least && distance <= Math.max(1, candidate.length() / 3)) {
        least = distance;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /** {@code did you mean x?} where there is a near name, and all known ones in any case. */
  static String hint(String name, Collection<String> known) {
    String list = "known: " + String.join(", ", known);
    return nearest(name, known).map(near -> "did you mean " + near + "? " + list).orElse(list);
  }

  private static String fold(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  /** The least number of letters to add, take away or replace, row by row. */
  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] here = new int[right.length() + 1];
      here[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int replaced = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(above[column - 1] + replaced, 1 + Math.min(above[column], here[column - 1]));
      }
      above = here;
    }
    return above[right.length()];
  }
}
