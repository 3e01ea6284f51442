package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Requests;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients of one version of the application ask: of ten requests five are reads, four updates
 * and one an insert. Every write has a row of its own, so that what it must have come to needs no
 * order; what the server took is kept.
 */
final class VersionRequests implements Requests {
  private static final int READS = 5;
  private static final int UPDATES = 4;

  private final Version version;
  private final int rows;
  private final AtomicLong nextUpdate;
  private final AtomicLong nextInsert;
  private final Map<Long, String> written = new ConcurrentSkipListMap<>();

  /** Which names it knows. */
  enum Version {
    /** First and last name. */
    OLD("first_name, last_name", "first_name = ?, last_name = ?", "?, ?", 2),
    /** The full name. */
    NEW("full_name", "full_name = ?", "?", 1);

    private final String columns;
    private final String set;
    private final String holes;
    private final int values;

    Version(String columns, String set, String holes, int values) {
      this.columns = columns;
      this.set = set;
      this.holes = holes;
      this.values = values;
    }
  }

  /**
   * Makes them.
   *
   * @param rows of the table
   * @param from the first row to update; the first to insert is so many behind the last one
   */
  VersionRequests(Version version, int rows, long from) {
    this.version = version;
    this.rows = rows;
    this.nextUpdate = new AtomicLong(from);
    this.nextInsert = new AtomicLong(rows + from);
  }

  /** First and last name of each row whose write the server took. */
  Map<Long, String> written() {
    return written;
  }

  @Override
  public void send(Connection connection, Random random) throws SQLException {
    int kind = random.nextInt(10);
    if (kind < READS) {
      read(connection, 1L + random.nextInt(rows));
    } else if (kind < READS + UPDATES) {
      long row = nextUpdate.getAndIncrement();
      write(
          connection,
          "UPDATE " + Target.TABLE + " SET " + version.set + " WHERE id = ?",
          row,
          version + "u" + row + " n" + row);
    } else {
      long row = nextInsert.getAndIncrement();
      write(
          connection,
          "INSERT INTO "
              + Target.TABLE
              + " ("
              + version.columns
              + ", id) VALUES ("
              + version.holes
              + ", ?)",
          row,
          version + "i" + row + " n" + row);
    }
  }

  private void read(Connection connection, long row) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT " + version.columns + " FROM " + Target.TABLE + " WHERE id = ?")) {
      statement.setLong(1, row);
      statement.execute();
    }
  }

  private void write(Connection connection, String sql, long row, String name) throws SQLException {
    String[] values = version.values == 1 ? new String[] {name} : name.split(" ", 2);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.length; at++) {
        statement.setString(at + 1, values[at]);
      }
      statement.setLong(values.length + 1, row);
      if (statement.executeUpdate() == 1) {
        written.put(row, name);
      }
    }
  }
}
