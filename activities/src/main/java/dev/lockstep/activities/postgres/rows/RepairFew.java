package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action.Assignment;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts a few wrong rows of a range right, found by their keys, so that the range need not be read
 * again: the comparison of the range and that of these rows together have seen every row right. Not
 * for what cannot be done at once: rows that clients hold, that refuse the value, that stay wrong
 * or that are many are left to a repair of the range.
 */
final class RepairFew {
  /** Of a range. To find each of more by its key is no cheaper than to read the range again. */
  static final int MOST = 5_000;

  /** Rows at a time: their locks are held no longer than in a backfill. */
  private static final int BATCH = 500;

  private final List<Assignment> set;
  private final AtomicLong repaired = new AtomicLong();

  RepairFew(List<Assignment> set) {
    this.set = List.copyOf(set);
  }

  /** How many rows were put right. */
  long repaired() {
    return repaired.get();
  }

  /** Whether all of these rows are right now. */
  boolean repair(Session session, Comparison comparison, List<Key> wrong, Limits limits) {
    for (int from = 0; from < wrong.size(); from += BATCH) {
      List<Key> batch = wrong.subList(from, Math.min(wrong.size(), from + BATCH));
      if (!repairAtOnce(session, comparison, batch, limits)) {
        return false;
      }
    }
    return true;
  }

  private boolean repairAtOnce(
      Session session, Comparison comparison, List<Key> wrong, Limits limits) {
    try {
      WalkedTable table = comparison.table();
      String rows = table.among(wrong);
      List<String> counts =
          session
              .rows(
                  Sql.together(
                      Sql.settings(FillStatements.settings(new Patiences(limits).ofManyRows())),
                      "UPDATE %s SET %s WHERE %s AND (%s)"
                          .formatted(
                              table.reference(),
                              FillStatements.assignments(set),
                              rows,
                              comparison.mismatch()),
                      "SELECT count(*) FROM %s WHERE %s AND (%s)"
                          .formatted(table.reference(), rows, comparison.mismatch())))
              .get(0);
      boolean right = counts.get(0).equals("0");
      repaired.addAndGet(right ? wrong.size() : 0);
      return right;
    } catch (SQLException e) {
      // Whatever it is, the repair of the range meets it again and tells it.
      return false;
    }
  }
}
