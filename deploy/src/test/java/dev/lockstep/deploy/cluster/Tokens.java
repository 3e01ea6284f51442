package dev.lockstep.deploy.cluster;

import java.sql.SQLException;
import java.util.Map;

/**
 * The random tokens that a backfill had given to customers at some moment.
 *
 * @param seen by id of the row
 */
record Tokens(LabDatabase database, Map<Long, String> seen) {
  /** Those of now. */
  static Tokens read(LabDatabase database) throws SQLException {
    return new Tokens(
        database,
        database.pairs("SELECT id, token FROM customers WHERE token IS NOT NULL ORDER BY id"));
  }

  /** How many of them are others now, or gone: rows that were lost or filled twice. */
  long changed() throws SQLException {
    Map<Long, String> now = read(database).seen();
    return seen.entrySet().stream()
        .filter(it -> !it.getValue().equals(now.get(it.getKey())))
        .count();
  }
}
