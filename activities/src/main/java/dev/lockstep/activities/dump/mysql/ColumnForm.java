package dev.lockstep.activities.dump.mysql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A column that has values of its own, and how they travel.
 *
 * @param type as the server names it, without length
 */
record ColumnForm(String name, String type) {
  /**
   * Types whose values travel as the bytes that the server keeps, in the column's own character
   * set, which no conversion can change. All others travel as text that the server writes and
   * understands; members of enums by their numbers, because what was no member shows as an empty
   * text, which may be one.
   */
  private static final Set<String> BYTES =
      Set.of(
          "char",
          "varchar",
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "set",
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "bit",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection",
          "vector");

  private static final String COLUMNS =
      """
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = database() AND table_name = ?
        AND extra NOT LIKE '%VIRTUAL GENERATED%' AND extra NOT LIKE '%STORED GENERATED%'
      ORDER BY ordinal_position
      """;

  /** Those of a table, but the generated ones. */
  static List<ColumnForm> of(Handle handle, String table) {
    return handle
        .select(COLUMNS, table)
        .map(
            (row, context) ->
                new ColumnForm(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT)))
        .list();
  }

  boolean bytes() {
    return BYTES.contains(type);
  }

  /** What takes its value in an INSERT. */
  String placeholder() {
    return type.equals("enum") ? "CAST(? AS UNSIGNED)" : "?";
  }

  /** What is read of it, where results are not converted. */
  String expression() {
    String quoted = Names.quoted(name);
    if (type.equals("vector")) {
      return "CAST(" + quoted + " AS BINARY)";
    }
    if (type.equals("float")) {
      // As it is, the server writes six digits.
      return "CAST(" + quoted + " + 0e0 AS CHAR)";
    }
    if (type.equals("enum")) {
      return "CAST(CAST(" + quoted + " AS UNSIGNED) AS CHAR)";
    }
    return bytes() ? quoted : "CAST(" + quoted + " AS CHAR)";
  }
}
