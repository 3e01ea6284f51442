package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.Database;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Databases of the tests' server, seen through JDBI. */
public final class ScratchServer {
  private ScratchServer() {}

  /** A new, empty database. */
  public static Jdbi database() {
    Database database = TestServer.newDatabase();
    return Jdbi.create(() -> TestServer.connect(database, "test"));
  }

  /** Runs SQL without looking for JDBI's parameters in it. */
  public static void execute(Handle handle, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
  }
}
