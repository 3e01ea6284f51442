package dev.lockstep.activities.postgres.rows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/**
 * A connection that every text is sent over as one message: several statements in it are one
 * transaction, but for what stands between BEGIN and COMMIT, and no lock waits for the network
 * between two of them. A message that has arrived is carried out even where the client is gone.
 */
final class Session {
  private final Connection connection;

  private Session(Connection connection) {
    this.connection = connection;
  }

  /** Over a handle that is in no transaction. */
  static Session over(Handle handle) {
    return new Session(handle.getConnection());
  }

  /** The rows of the last statement that has a result, as text. */
  List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> last = List.of();
    try (Statement statement = connection.createStatement()) {
      // Braces in an expression are not JDBC's.
      statement.setEscapeProcessing(false);
      boolean result = statement.execute(sql);
      while (result || statement.getUpdateCount() >= 0) {
        if (result) {
          last = read(statement);
        }
        result = statement.getMoreResults();
      }
    } catch (SQLException e) {
      leaveTransaction(e);
      throw e;
    }
    return last;
  }

  /** A BEGIN in the text may have left one open; the driver's own transactions are its caller's. */
  private void leaveTransaction(SQLException cause) throws SQLException {
    if (!connection.isClosed() && connection.getAutoCommit()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** The first column of {@link #rows}. */
  List<String> values(String sql) throws SQLException {
    return rows(sql).stream().map(row -> row.get(0)).toList();
  }

  /** The only value of a statement with one row and one column. */
  String value(String sql) throws SQLException {
    return values(sql).get(0);
  }

  /** Asks the server to break off the statement that another thread waits for. */
  void cancel() throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  private static List<List<String>> read(Statement statement) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
