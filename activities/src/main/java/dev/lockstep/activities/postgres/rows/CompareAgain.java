package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.workflows.contract.StepOutcome;
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

  private final Verification verification;
  private final StepFrame frame;

  CompareAgain(Verification verification) {
    this.verification = verification;
    this.frame = verification.frame();
  }

  /**
   * Compares.
   *
   * @param repetition what tells it from others
   */
  StepOutcome run(String repetition) throws SQLException {
    StepLedger part = frame.ledger().part(PARTS + repetition);
    frame.replace(PARTS, part);
    AllRows all = new AllRows(verification, frame, part);
    Shift shift = verification.shift(Portion.rows(all.split()));
    long wrong = all.compare(shift, Optional.empty());
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
        all.told(wrong, "were right after the backfill and differ now in")
            + ". Something wrote past the trigger (session_replication_role = replica, a disabled"
            + " trigger, restored rows). Find and stop it; then, where the run is held, put the"
            + " rows right and retry, else run again",
        verification.scope().step());
  }
}
