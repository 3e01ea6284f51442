package dev.lockstep.deploy.bench;

import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * What the trigger adds to the clients' own updates: many rows in one statement, one session, so
 * that no round trip hides it. Rounds without and with the trigger take turns on one table, and
 * each pair gives a ratio: a machine that changes its pace changes it for both.
 */
public final class TriggerCost {
  private static final int ROWS_A_STATEMENT = 5_000;
  private static final int PAIRS = 7;

  private final Jdbi jdbi;
  private final String table;
  private final int rows;

  /**
   * For a table like {@link Customers}, whose triggers of users are all those of the change.
   *
   * @param rows that a round updates, those with the lowest keys
   */
  public TriggerCost(Jdbi jdbi, TableName table, int rows) {
    this.jdbi = jdbi;
    this.table = table.schema() + "." + table.name();
    this.rows = rows;
  }

  /**
   * How many times as long an update takes with the trigger.
   *
   * @param followed updates of a column that is followed by another
   * @param other updates of a column that has nothing to do with the migration
   */
  public record Times(double followed, double other) {}

  /** One of each pair. */
  public List<Times> measure() {
    List<Times> all = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      all.add(new Times(times("last_name = last_name || 'x'"), times("visits = visits + 1")));
    }
    return all;
  }

  private double times(String set) {
    execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
    double without = rate(set);
    execute("ALTER TABLE " + table + " ENABLE TRIGGER USER");
    return without / rate(set);
  }

  private double rate(String set) {
    execute("VACUUM (ANALYZE) " + table);
    execute("CHECKPOINT");
    long start = System.nanoTime();
    for (int low = 0; low < rows; low += ROWS_A_STATEMENT) {
      execute(
          "UPDATE %s SET %s WHERE id > %d AND id <= %d"
              .formatted(table, set, low, low + ROWS_A_STATEMENT));
    }
    return rows * 1e9 / (System.nanoTime() - start);
  }

  private void execute(String statement) {
    jdbi.useHandle(handle -> handle.execute(statement));
  }
}
