package dev.lockstep.activities.dump.mysql;

/** Names as SQL takes them. */
final class Names {
  private Names() {}

  /** In backticks, whatever is in it and whatever {@code sql_mode} is. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A text constant, where {@code NO_BACKSLASH_ESCAPES} is not set. */
  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The table of {@code database.table}. */
  static String table(String qualified) {
    return qualified.substring(qualified.indexOf('.') + 1);
  }
}
