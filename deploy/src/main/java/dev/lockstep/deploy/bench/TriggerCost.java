package dev.lockstep.deploy.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the trigger adds to the clients' own updates: many rows in one statement, one session, so
 * that no round trip hides it. Rounds without and with the trigger take turns on one table, and
 * each pair gives a ratio: a machine that changes its pace changes it for both.
 */
final class TriggerCost {
  private static final int ROWS_A_STATEMENT = 5_000;
  private static final int ROUNDS = 7;

  private final Customers customers;
  private final int rows;

  /** Rows a second, without and with the trigger. */
  record Pair(double without, double with) {
    double times() {
      return without / with;
    }
  }

  TriggerCost(Customers customers, int rows) {
    this.customers = customers;
    this.rows = Math.min(rows, 200_000);
  }

  /** Updates of a column that is followed by another. */
  Pair ofFollowedColumn() {
    return median("last_name = last_name || 'x'");
  }

  /** Updates of a column that has nothing to do with the migration. */
  Pair ofOtherColumn() {
    return median("visits = visits + 1");
  }

  private Pair median(String set) {
    List<Pair> pairs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      customers.trigger(false);
      double without = rate(set);
      customers.trigger(true);
      pairs.add(new Pair(without, rate(set)));
    }
    pairs.sort(Comparator.comparingDouble(Pair::times));
    return pairs.get(ROUNDS / 2);
  }

  private double rate(String set) {
    customers.analyse();
    long start = System.nanoTime();
    for (int low = 0; low < rows; low += ROWS_A_STATEMENT) {
      customers.execute(
          "UPDATE lockstep_bench.customers SET %s WHERE id > %d AND id <= %d"
              .formatted(set, low, low + ROWS_A_STATEMENT));
    }
    return rows * 1e9 / (System.nanoTime() - start);
  }
}
