package dev.lockstep.deploy.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the trigger adds to the clients' own updates: many rows in one statement, one session. */
final class TriggerCost {
  private static final int ROWS_A_STATEMENT = 5_000;
  private static final int ROUNDS = 3;

  private final Customers customers;
  private final int rows;

  TriggerCost(Customers customers, int rows) {
    this.customers = customers;
    this.rows = Math.min(rows, 200_000);
  }

  /** Rows a second of updates of a column that is followed by another; the median of rounds. */
  double ofFollowedColumn() {
    return median("last_name = last_name || 'x'");
  }

  /** Rows a second of updates of a column that has nothing to do with the migration. */
  double ofOtherColumn() {
    return median("visits = visits + 1");
  }

  private double median(String set) {
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      customers.analyse();
      long start = System.nanoTime();
      for (int low = 0; low < rows; low += ROWS_A_STATEMENT) {
        customers.execute(
            "UPDATE lockstep_bench.customers SET %s WHERE id > %d AND id <= %d"
                .formatted(set, low, low + ROWS_A_STATEMENT));
      }
      rates.add(rows * 1e9 / (System.nanoTime() - start));
    }
    Collections.sort(rates);
    return rates.get(ROUNDS / 2);
  }
}
