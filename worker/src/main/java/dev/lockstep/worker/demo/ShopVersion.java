package dev.lockstep.worker.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A version of the demo's application, by the statements that it sends. Each talks to the table as
 * its developers knew it: version 1 has never heard of {@code full_name}, version 3 has forgotten
 * the old columns.
 */
enum ShopVersion {
  /** Knows only first_name and last_name. */
  V1(
      "INSERT INTO lockstep_demo.customers (first_name, last_name) VALUES (?, ?) RETURNING id",
      "UPDATE lockstep_demo.customers SET first_name = ?, last_name = ? WHERE id = ?",
      "SELECT first_name || ' ' || last_name FROM lockstep_demo.customers WHERE id = ?",
      2),
  /** Writes only full_name; reads the old columns of rows that are not filled yet. */
  V2(
      "INSERT INTO lockstep_demo.customers (full_name) VALUES (?) RETURNING id",
      "UPDATE lockstep_demo.customers SET full_name = ? WHERE id = ?",
      "SELECT coalesce(full_name, first_name || ' ' || last_name) FROM lockstep_demo.customers"
          + " WHERE id = ?",
      1),
  /** Knows only full_name. */
  V3(
      "INSERT INTO lockstep_demo.customers (full_name) VALUES (?) RETURNING id",
      "UPDATE lockstep_demo.customers SET full_name = ? WHERE id = ?",
      "SELECT full_name FROM lockstep_demo.customers WHERE id = ?",
      1);

  private final String insert;
  private final String update;
  private final String select;
  private final int columns;

  ShopVersion(String insert, String update, String select, int columns) {
    this.insert = insert;
    this.update = update;
    this.select = select;
    this.columns = columns;
  }

  /** The version that an image such as {@code shop-web:2} contains. */
  static ShopVersion ofImage(String image) {
    return valueOf("V" + image.substring(image.lastIndexOf(':') + 1));
  }

  long insert(Connection connection, String fullName) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      setName(statement, fullName);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** Whether the row was there. */
  boolean update(Connection connection, long id, String fullName) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      setName(statement, fullName);
      statement.setLong(columns + 1, id);
      return statement.executeUpdate() == 1;
    }
  }

  Optional<String> read(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setLong(1, id);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
      }
    }
  }

  private void setName(PreparedStatement statement, String fullName) throws SQLException {
    if (columns == 1) {
      statement.setString(1, fullName);
      return;
    }
    int space = fullName.indexOf(' ');
    statement.setString(1, fullName.substring(0, space));
    statement.setString(2, fullName.substring(space + 1));
  }
}
