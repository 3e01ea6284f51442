package dev.lockstep.worker.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The backfill as the ledger in the database tells it, worker or not. */
final class LedgerView implements AutoCloseable {
  private final Connection connection;

  LedgerView(DemoDatabase database) throws SQLException {
    this.connection = database.connect("lockstep-demo");
  }

  /** What is committed so far. */
  Backfill backfill() throws SQLException {
    String ranges =
        "SELECT coalesce(sum(rows), 0), coalesce(sum(batches), 0) FROM lockstep.ranges"
            + " WHERE run_id LIKE '"
            + DemoRun.NAME
            + "/%' AND step_id LIKE 'migrate/%'";
    try (Statement statement = connection.createStatement()) {
      try (ResultSet there = statement.executeQuery("SELECT to_regclass('lockstep.ranges')")) {
        there.next();
        if (there.getString(1) == null) {
          return new Backfill(0, 0);
        }
      }
      try (ResultSet sums = statement.executeQuery(ranges)) {
        sums.next();
        return new Backfill(sums.getLong(1), sums.getLong(2));
      }
    }
  }

  /** Whether a worker's session is still there: a killed one's may live for a moment. */
  boolean workerConnected() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet sessions =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'lockstep'")) {
      sessions.next();
      return sessions.getLong(1) > 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Committed rows and batches. */
  record Backfill(long rows, long batches) {}
}
