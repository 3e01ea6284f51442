package dev.lockstep.activities.postgres.observe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads arrays of a result. */
final class Arrays {
  private Arrays() {}

  /** The column's texts; an array of text without NULLs. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
