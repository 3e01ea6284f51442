package dev.lockstep.deploy.bench;

import dev.lockstep.definitions.plan.TableName;
import org.jdbi.v3.core.Handle;

/**
 * What a person does by hand: updates of ranges of the key, guarded so that they can be repeated,
 * one after the other on one connection. Nothing follows the clients' writes.
 */
public final class PlainUpdates {
  public static final String ABOUT =
      "guarded updates of 5,000 rows on one connection, without a trigger";

  private static final int ROWS_A_STATEMENT = 5_000;

  private PlainUpdates() {}

  /**
   * Fills {@code column} of a table like {@link Customers}.
   *
   * @param rows whose keys are 1 to {@code rows}
   */
  public static void fill(Handle handle, TableName table, String column, int rows) {
    String update =
        "UPDATE %s.%s SET %s = %s WHERE id > ? AND id <= ? AND %s IS NULL"
            .formatted(table.schema(), table.name(), column, Customers.UP, column);
    for (int low = 0; low < rows; low += ROWS_A_STATEMENT) {
      handle.execute(update, (long) low, (long) low + ROWS_A_STATEMENT);
    }
  }
}
