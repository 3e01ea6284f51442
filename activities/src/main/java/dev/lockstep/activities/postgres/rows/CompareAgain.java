package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A verification that is made again after it was done, while the run waits.
 *
 * <ol>
 *   <li>Its ranges stand in a part of the step that is named after this repetition, so that a call
 *       of the same goes on; those of earlier repetitions are forgotten, so that the ledger holds
 *       no more than one.
 *   <li>All rows are compared, also behind one that differs: the fault gives their number.
 *   <li>Nothing is repaired. Who wrote past the trigger has to be found first, and which side of a
 *       row is the right one only a person knows by now.
 * </ol>
 */
final class CompareAgain {
  private static final String PARTS = "again-";

  private final Shift.Tools tools;
  private final StepScope scope;
  private final Action.Verify action;
  private final Shape shape;
  private final StepFrame frame;

  CompareAgain(Shift.Tools tools, StepScope scope, Action.Verify action, Shape shape) {
    this.tools = tools;
    this.scope = scope;
    this.action = action;
    this.shape = shape;
    this.frame = new StepFrame(tools, scope);
  }

  /**
   * Compares.
   *
   * @param repetition what tells it from others
   */
  StepOutcome run(String repetition) throws SQLException {
    StepLedger part = frame.ledger().part(PARTS + repetition);
    frame.replace(PARTS, part);
    AllRows all = new AllRows(tools, frame, action, new AllRows.Place(part, shape));
    long already = Portion.rows(all.split());
    long wrong = all.compare(new Shift(tools, scope, already, action.rows()), Optional.empty());
    if (wrong > 0) {
      throw drifted(all, wrong);
    }
    List<RangeRecord> compared = frame.done(all.ranges());
    return new StepOutcome(
        false, new TreeMap<>(Map.of("rows", StepFrame.rows(compared), "mismatches", 0L)));
  }

  private RuntimeException drifted(AllRows all, long wrong) throws SQLException {
    return Faults.failure(
        FaultCode.ROWS_DRIFTED,
        ("%d of %d rows of %s were right after the backfill and differ now in %s: %s. Something"
                + " wrote past the trigger (session_replication_role = replica, a disabled trigger,"
                + " restored rows). Find and stop it; then, where the run is held, put the rows"
                + " right and retry, else run again")
            .formatted(
                wrong,
                StepFrame.rows(all.ranges()),
                action.table(),
                action.meaning(),
                all.examples(wrong)),
        scope.step());
  }
}
