package dev.lockstep.activities.postgres;

import dev.lockstep.definitions.plan.TableName;

/** Names and texts as SQL takes them, whatever is in them. */
public final class Quoted {
  private Quoted() {}

  /** An identifier, in double quotes whether it needs them or not. */
  public static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A table, index or the like with its schema. */
  public static String name(TableName table) {
    return name(table.schema()) + "." + name(table.name());
  }

  /** A text constant that means the same whatever {@code standard_conforming_strings} is. */
  public static String text(String value) {
    String quoted = "'" + value.replace("'", "''") + "'";
    return value.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /** Procedural statements, run at once. */
  public static String block(String statements) {
    return "DO " + body(statements);
  }

  /** The body of a function or of a block, in dollars that do not stand in it. */
  public static String body(String text) {
    String tag = "$lockstep$";
    for (int i = 1; text.contains(tag); i++) {
      tag = "$lockstep" + i + "$";
    }
    return tag + text + tag;
  }
}
