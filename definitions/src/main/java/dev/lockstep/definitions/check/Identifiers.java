package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.List;
import java.util.Set;

/** Checks names of things in a database. */
record Identifiers(List<Problem> problems) {
  /**
   * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">System
   *     columns</a>
   */
  private static final Set<String> OF_THE_SERVER =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  /** A table, with or without its schema. */
  void table(String path, String table) {
    String[] parts = table.split("\\.", -1);
    if (parts.length > 2 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
      wrong(path, "is `" + table + "`; wanted TABLE or SCHEMA.TABLE");
      return;
    }
    for (String part : parts) {
      existing(path, part);
    }
    if (Names.schemaOf(table).equals(Names.OWN_SCHEMA)) {
      wrong(path, "is `" + table + "`; the schema lockstep holds the ledger and is never changed");
    }
  }

  /** A table that is created. */
  void newTable(String path, String table) {
    table(path, table);
    String name = table.substring(table.indexOf('.') + 1);
    own(path, name);
  }

  /** The name of something that is there. */
  void existing(String path, String name) {
    int bytes = Names.bytes(name);
    if (bytes > Names.LONGEST_IDENTIFIER) {
      wrong(
          path,
          "is `" + name + "`, " + bytes + " bytes; wanted at most " + Names.LONGEST_IDENTIFIER);
    }
    if (name.isBlank() || name.indexOf('"') >= 0 || name.indexOf('\0') >= 0) {
      wrong(path, "is `" + name + "`; wanted a name as the catalogue stores it, without quotes");
    }
  }

  /** The name of something that is created. */
  void fresh(String path, String name) {
    existing(path, name);
    own(path, name);
  }

  /** The name of a column that is created. */
  void freshColumn(String path, String name) {
    fresh(path, name);
    if (OF_THE_SERVER.contains(name)) {
      wrong(path, "is `" + name + "`, the name of a column that the server gives every table");
    }
  }

  private void own(String path, String name) {
    if (name.startsWith(Names.OWN_PREFIX)) {
      wrong(
          path, "is `" + name + "`; names that begin with lockstep_ are those of Lockstep itself");
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }
}
