package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rows for a message, as long as that is cheap. */
final class OffendingRows {
  private static final Logger LOG = LoggerFactory.getLogger(OffendingRows.class);

  /** Beyond this the exact number says no more. */
  private static final long LIMIT = 1000;

  /** One pass over a small table; on a larger one the number is left out. */
  private static final String TIME_LIMIT = "3s";

  private OffendingRows() {}

  /** Such as {@code 3 rows} or {@code at least 1000 rows}; empty where it takes too long. */
  static Optional<String> count(Handle handle, TableName table, String violation) {
    String sql =
        "SELECT count(*) FROM (SELECT FROM "
            + Quoted.name(table)
            + " WHERE "
            + violation
            + " LIMIT "
            + LIMIT
            + ") AS offending";
    try {
      long rows =
          handle.inTransaction(
              transaction -> {
                PlainSql.run(transaction, "SET LOCAL statement_timeout = '" + TIME_LIMIT + "'");
                return PlainSql.value(transaction, sql).map(Long::parseLong).orElse(0L);
              });
      return Optional.of(
          (rows == LIMIT ? "at least " : "") + rows + (rows == 1 ? " row" : " rows"));
    } catch (JdbiException e) {
      LOG.debug("rows that break a constraint were not counted", e);
      return Optional.empty();
    }
  }
}
