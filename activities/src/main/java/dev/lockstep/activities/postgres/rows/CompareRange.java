package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the rows of a range: one statement, so one snapshot, which notes its own result. A range
 * without a wrong row is done.
 */
final class CompareRange implements RangeCrew.Work {
  private final WalkedTable table;
  private final String mismatch;
  private final StepLedger ledger;
  private final FillRange.Pace pace;
  private final AtomicLong wrong;

  /** What is compared. */
  record Comparison(WalkedTable table, String mismatch, StepLedger ledger) {}

  /**
   * A comparison.
   *
   * @param wrong gets the number of rows that differ
   */
  CompareRange(Comparison comparison, FillRange.Pace pace, AtomicLong wrong) {
    this.table = comparison.table();
    this.mismatch = comparison.mismatch();
    this.ledger = comparison.ledger();
    this.pace = pace;
    this.wrong = wrong;
  }

  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    if (!pace.brake().release(Duration.ZERO, "")) {
      return;
    }
    Interval interval = Interval.of(range);
    try {
      List<String> counts =
          session.rows(comparison(range.number(), interval)).stream()
              .findFirst()
              .orElseThrow(this::replaced);
      pace.tally().add(Long.parseLong(counts.get(0)) - range.rows());
      wrong.addAndGet(Long.parseLong(counts.get(1)));
    } catch (SQLException e) {
      ApplicationFailure failure = PostgresFaults.translate(e, ledger.step());
      if (!failure.getType().equals(FaultCode.ROW_REFUSED.name())) {
        throw failure;
      }
      Key row = new RowSearch(table, mismatch).find(session, interval);
      throw new RowRefusal(table, ledger.step()).of(row, failure);
    }
  }

  @Override
  public boolean interruptible() {
    return true;
  }

  /** By a later repetition: this call was given up, and stops as soon as it learns that. */
  private ApplicationFailure replaced() {
    return Faults.failure(
        FaultCode.TRANSACTION_CONFLICTED, "the ranges were made anew", ledger.step());
  }

  private String comparison(int number, Interval interval) {
    // The time limits of the role are for clients: a table without a key is one statement.
    List<String> settings = new ArrayList<>(List.of("jit", "off", "statement_timeout", "0"));
    settings.addAll(WalkedTable.ALL_ROWS);
    if (!table.physical()) {
      settings.addAll(WalkedTable.BY_INDEX);
    }
    return Sql.together(
        Sql.settings(settings),
        """
        WITH seen AS (
          SELECT count(*) AS compared, count(*) FILTER (WHERE %s) AS different FROM %s WHERE %s)
        UPDATE lockstep.ranges SET rows = seen.compared, batches = batches + 1,
          state = CASE WHEN seen.different = 0 THEN 'DONE' ELSE 'OPEN' END,
          updated_at = clock_timestamp()
        FROM seen WHERE %s RETURNING seen.compared, seen.different\
        """
            .formatted(mismatch, table.reference(), table.within(interval), ledger.range(number)));
  }
}
