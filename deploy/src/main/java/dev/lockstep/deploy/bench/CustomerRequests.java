package dev.lockstep.deploy.bench;

import dev.lockstep.definitions.plan.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/**
 * Half of the requests are reads by key, the others updates of a name, updates of a counter and,
 * where asked for, inserts.
 */
public final class CustomerRequests implements Requests {
  private static final int READS = 5;
  private static final int RENAMES = 2;

  private final int rows;
  private final int counts;
  private final String read;
  private final String rename;
  private final String count;
  private final String insert;

  private CustomerRequests(TableName table, int rows, int counts) {
    String name = table.schema() + "." + table.name();
    this.rows = rows;
    this.counts = counts;
    this.read = "SELECT first_name, last_name FROM " + name + " WHERE id = ?";
    this.rename = "UPDATE " + name + " SET last_name = 'l' || ? WHERE id = ?";
    this.count = "UPDATE " + name + " SET visits = visits + 1 WHERE id = ?";
    this.insert = "INSERT INTO " + name + " (first_name, last_name) VALUES ('f' || ?, 'l')";
  }

  /** Of ten requests two are renames, two counts, one an insert. */
  public static Requests withInserts(TableName table, int rows) {
    return new CustomerRequests(table, rows, 2);
  }

  /**
   * Of ten requests two are renames, three counts. A client that knows nothing of a new column
   * cannot insert once that column has to have a value.
   */
  public static Requests ofExistingRows(TableName table, int rows) {
    return new CustomerRequests(table, rows, 3);
  }

  @Override
  public void send(Connection connection, Random random) throws SQLException {
    int kind = random.nextInt(10);
    long id = 1L + random.nextInt(rows);
    if (kind < READS) {
      execute(connection, read, id);
    } else if (kind < READS + RENAMES) {
      execute(connection, rename, id, id);
    } else if (kind < READS + RENAMES + counts) {
      execute(connection, count, id);
    } else {
      execute(connection, insert, id);
    }
  }

  private static void execute(Connection connection, String sql, long... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.length; at++) {
        statement.setLong(at + 1, values[at]);
      }
      statement.execute();
    }
  }
}
