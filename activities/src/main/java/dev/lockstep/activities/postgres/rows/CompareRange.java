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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

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
  private final Comparison comparison;
  private final Optional<RepairFew> repair;

  /**
   * What is compared.
   *
   * @param patience with the statement; absent: it has no limit
   */
  record Comparison(
      WalkedTable table, String mismatch, StepLedger ledger, Optional<Duration> patience) {}

  /**
   * A comparison.
   *
   * @param repair of rows that differ, where they are few; not of a table without a key, whose rows
   *     have another place by then
   * @param wrong gets the number of rows that differ then
   */
  CompareRange(
      Comparison comparison, FillRange.Pace pace, Optional<RepairFew> repair, AtomicLong wrong) {
    this.comparison = comparison;
    this.repair = repair.filter(few -> !comparison.table().physical());
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
    try {
      compare(session, range);
    } catch (SQLException e) {
      ApplicationFailure failure = PostgresFaults.translate(e, ledger.step());
      if (!failure.getType().equals(FaultCode.ROW_REFUSED.name())) {
        throw failure;
      }
      Key row = new RowSearch(table, mismatch).find(session, Interval.of(range));
      throw new RowRefusal(table, ledger.step()).of(row, failure);
    }
  }

  /** Compares it now, with the server's own fault where that fails. */
  void compare(Session session, RangeRecord range) throws SQLException {
    List<String> counts =
        session.rows(comparison(range)).stream().findFirst().orElseThrow(this::replaced);
    pace.tally().add(Long.parseLong(counts.get(0)) - range.rows());
    long different = Long.parseLong(counts.get(1));
    if (different > 0 && !repaired(session, range, counts)) {
      wrong.addAndGet(different);
    }
  }

  private boolean repaired(Session session, RangeRecord range, List<String> counts)
      throws SQLException {
    if (repair.isEmpty() || Long.parseLong(counts.get(1)) > RepairFew.MOST) {
      return false;
    }
    List<Key> keys = Stream.of(counts.get(2).split("\n")).map(Key::parse).toList();
    boolean right = repair.get().repair(session, comparison, keys, pace.limits());
    if (right) {
      session.rows(ledger.done(range));
    }
    return right;
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

  private String comparison(RangeRecord range) {
    // The time limits of the role are for clients: a table without a key is one statement. Its note
    // does not wait for the disk: what a crash takes is compared again, and the step's end waits.
    List<String> settings =
        new ArrayList<>(
            List.of(
                "jit", "off", "statement_timeout", limit() + "ms", "synchronous_commit", "off"));
    settings.addAll(WalkedTable.WALK);
    if (!table.physical()) {
      settings.addAll(WalkedTable.BY_PAGES);
    }
    return Sql.together(
        Sql.settings(settings),
        """
        WITH seen AS (%s)
        UPDATE lockstep.ranges SET rows = seen.compared, batches = batches + 1,
          state = CASE WHEN seen.different = 0 THEN 'DONE' ELSE 'OPEN' END,
          updated_at = clock_timestamp()
        FROM seen WHERE %s RETURNING seen.compared, seen.different, seen.keys\
        """
            .formatted(seen(Interval.of(range)), ledger.range(range)));
  }

  private String seen(Interval interval) {
    if (repair.isEmpty()) {
      return counted(interval);
    }
    return comparison.patience().isPresent() ? sought(interval) : gathered(interval);
  }

  private long limit() {
    return comparison.patience().map(Duration::toMillis).orElse(0L);
  }

  private String counted(Interval interval) {
    return """
        SELECT count(*) AS compared, count(*) FILTER (WHERE %s) AS different, NULL::text AS keys
        FROM %s WHERE %s\
        """
        .formatted(mismatch, table.reference(), table.within(interval));
  }

  /**
   * With the keys of wrong rows, read once more where they are few: gathered on the way, those of a
   * whole table might not fit into memory.
   */
  private String sought(Interval interval) {
    return """
        SELECT compared, different, CASE WHEN different BETWEEN 1 AND %s THEN (
            SELECT string_agg(%s, E'\n') FROM %s WHERE %s AND (%s)) END AS keys
        FROM (%s) AS counts\
        """
        .formatted(
            RepairFew.MOST,
            table.keyText(),
            table.reference(),
            table.within(interval),
            mismatch,
            counted(interval));
  }

  /**
   * With the keys of wrong rows where they are few, a key a line: JSON writes no line's end as it
   * is. OFFSET keeps the server from comparing a row once for each of the aggregates.
   */
  private String gathered(Interval interval) {
    return """
        SELECT count(*) AS compared, count(key) AS different,
          CASE WHEN count(key) <= %s THEN string_agg(key, E'\\n') END AS keys
        FROM (SELECT CASE WHEN %s THEN %s END AS key FROM %s WHERE %s OFFSET 0) AS compared_rows\
        """
        .formatted(
            RepairFew.MOST, mismatch, table.keyText(), table.reference(), table.within(interval));
  }
}
