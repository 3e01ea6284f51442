package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A verification.
 *
 * <ol>
 *   <li>All rows are split into ranges, and each range is compared: {@link AllRows}.
 *   <li>A few wrong rows of a range are put right at once: {@link RepairFew}. Ranges with more are
 *       repaired, as a backfill of the wrong rows, and compared again.
 *   <li>Rows that are still wrong are the fault; their ranges are compared again at the next call.
 * </ol>
 */
final class CompareRows {
  private static final String REPAIRED = "repaired";
  private static final String REPAIR = "repair";

  private final Verification verification;
  private final Action.Verify action;
  private final StepFrame frame;

  CompareRows(Verification verification) {
    this.verification = verification;
    this.action = verification.action();
    this.frame = verification.frame();
  }

  StepOutcome run() throws SQLException {
    Optional<StepOutcome> before = frame.begin();
    return before.isPresent() ? before.get() : compare();
  }

  private StepOutcome compare() throws SQLException {
    AllRows all = new AllRows(verification, frame, frame.ledger());
    Shift shift = verification.shift(Portion.rows(all.split()));
    closeRepair(all.parts(), 0);

    RepairFew few = new RepairFew(action.repair());
    long wrong = all.compare(shift, Optional.of(few).filter(repair -> !action.repair().isEmpty()));
    frame.count(REPAIRED, few.repaired());
    if (wrong > 0 && !action.repair().isEmpty()) {
      repair(all, shift);
      wrong = all.compare(shift, Optional.empty());
      closeRepair(all.parts(), wrong);
    }
    if (wrong > 0) {
      throw differ(all, wrong);
    }
    List<RangeRecord> compared = frame.done(all.ranges());
    return frame.done(
        new TreeMap<>(
            Map.of(
                "rows",
                StepFrame.rows(compared),
                "mismatches",
                0L,
                REPAIRED,
                frame.counted(REPAIRED))));
  }

  private void repair(AllRows all, Shift shift) throws SQLException {
    List<Portion> portions = new ArrayList<>();
    for (Part part : all.parts()) {
      List<RangeRecord> wrong = StepFrame.open(frame.ranges(part.ledger()));
      Part repaired = new Part(part.table(), part.ledger().part(REPAIR));
      portions.addAll(
          all.portions(repaired, (of, session) -> toRepair(of.table(), wrong, session)));
    }
    shift.work(
        portions,
        (part, pace) ->
            new FillRange(
                new FillStatements(part.table(), action.repair(), action.mismatch(), part.ledger()),
                part.table(),
                pace.uncounted(),
                FillRange.OnRefusal.FAIL));
  }

  /** The wrong ranges again; one without an end gets one: the highest key of now. */
  private static List<RangeRecord> toRepair(
      WalkedTable table, List<RangeRecord> wrong, Session session) throws SQLException {
    RangeSplitter splitter = new RangeSplitter(table, FillRows.SHAPE);
    if (wrong.isEmpty()) {
      return List.of();
    }
    if (table.physical()) {
      return splitter.split(session);
    }
    Optional<String> top = splitter.top(session).map(Key::text);
    return wrong.stream()
        .map(range -> RangeRecord.fresh(range.number(), range.low(), range.high().or(() -> top)))
        .filter(range -> range.high().isPresent())
        .toList();
  }

  private void closeRepair(List<Part> all, long left) {
    long still = left;
    for (Part part : all) {
      StepLedger repaired = part.ledger().part(REPAIR);
      long changed = StepFrame.rows(frame.ranges(repaired));
      frame.close(repaired, REPAIRED, Math.max(0, changed - still));
      still = Math.max(0, still - changed);
    }
  }

  private RuntimeException differ(AllRows all, long wrong) throws SQLException {
    return Faults.failure(
        FaultCode.ROWS_DIFFER, all.told(wrong, "differ in"), verification.scope().step());
  }
}
