package dev.lockstep.activities.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a plan, run exactly as they are written: no parameters, no escapes, no templates.
 */
public final class PlainSql {
  private PlainSql() {}

  /**
   * Runs one statement; its result is not looked at.
   *
   * @throws org.jdbi.v3.core.JdbiException with the server's refusal as its cause
   */
  public static void run(Handle handle, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new PlainSqlException(e);
    }
  }

  /**
   * Asks one value.
   *
   * @return the first column of the first row as text; empty where there is no row, or it is NULL
   */
  public static Optional<String> value(Handle handle, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.setEscapeProcessing(false);
      boolean rows = statement.execute(sql);
      try (@Nullable ResultSet result = rows ? statement.getResultSet() : null) {
        return result != null && result.next()
            ? Optional.ofNullable(result.getString(1))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new PlainSqlException(e);
    }
  }
}
