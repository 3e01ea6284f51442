package dev.lockstep.activities.postgres.dialect;

/** Writes string constants. */
final class Literals {
  private Literals() {}

  /** The text as a constant that means the same whatever {@code standard_conforming_strings} is. */
  static String quote(String text) {
    String doubled = text.replace("'", "''");
    return text.contains("\\") ? "E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
  }
}
