package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Counts every table in a snapshot, where that is cheap: counting reads all of a table, and vacuum
 * waits as long as the snapshot is open.
 */
final class RowCounts {
  /** Counted within about ten seconds by a small server. */
  private static final long MOST_ROWS = 20_000_000;

  /** The same for tables that nobody has analysed. */
  private static final long MOST_BYTES = 8L << 30;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** query_canceled. */
  private static final String CANCELLED = "57014";

  private final Handle handle;

  RowCounts(Handle handle) {
    this.handle = handle;
  }

  /** By {@code schema.table}; empty where it costs too much. */
  SortedMap<String, Long> of(List<Catalogue.Table> tables) {
    long rows = tables.stream().mapToLong(table -> Math.max(0, table.rows())).sum();
    long bytes = tables.stream().mapToLong(Catalogue.Table::bytes).sum();
    if (rows > MOST_ROWS || bytes > MOST_BYTES) {
      return new TreeMap<>();
    }
    // A time limit that is hit must not end the transaction, which holds the snapshot.
    handle.savepoint("counting");
    try {
      SortedMap<String, Long> counted = count(tables);
      handle.rollbackToSavepoint("counting");
      return counted;
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(CANCELLED::equals).isEmpty()) {
        throw e;
      }
      handle.rollbackToSavepoint("counting");
      return new TreeMap<>();
    }
  }

  private SortedMap<String, Long> count(List<Catalogue.Table> tables) {
    SortedMap<String, Long> counted = new TreeMap<>();
    long began = System.nanoTime();
    for (Catalogue.Table table : tables) {
      long left = LIMIT.minusNanos(System.nanoTime() - began).toMillis();
      PlainSql.run(handle, "SET LOCAL statement_timeout = " + Math.max(1, left));
      String sql = "SELECT count(*) FROM ONLY " + Quoted.name(table.name());
      String name = table.name().schema() + "." + table.name().name();
      counted.put(name, Long.parseLong(PlainSql.value(handle, sql).orElseThrow()));
    }
    return counted;
  }
}
