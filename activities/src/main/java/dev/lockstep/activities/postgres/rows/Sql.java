package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces of statements. Values stand in the text, not as parameters: an expression of a user may
 * hold a question mark, which the driver would take for a parameter. Numbers are written by {@code
 * %s}: {@code %d} and {@code %f} write them as people of the process's locale do.
 */
final class Sql {
  private Sql() {}

  /** Settings for the current transaction, also where it is an implicit one; name, value, name… */
  static String settings(List<String> namesAndValues) {
    StringBuilder select = new StringBuilder("SELECT ");
    for (int at = 0; at < namesAndValues.size(); at += 2) {
      select
          .append(at == 0 ? "" : ", ")
          .append("set_config(")
          .append(Quoted.text(namesAndValues.get(at)))
          .append(", ")
          .append(Quoted.text(namesAndValues.get(at + 1)))
          .append(", true)");
    }
    return select.toString();
  }

  /** Statements that the server gets in one message and runs as one transaction. */
  static String together(String... statements) {
    return String.join(";\n", statements);
  }

  static String conjunction(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  static String list(List<String> parts) {
    return parts.stream().collect(Collectors.joining(", "));
  }
}
