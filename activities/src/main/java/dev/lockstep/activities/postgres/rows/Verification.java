package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;

/**
 * One call that compares the rows of a table: the first one of a step, or a repetition.
 *
 * @param extent how much a statement compares
 */
record Verification(Shift.Tools tools, StepScope scope, Action.Verify action, Extent extent) {
  /**
   * How much a statement compares.
   *
   * @param whole a part up to this size is tried at once
   * @param patience with a statement that tries that
   * @param ranges of the others
   */
  record Extent(ByteCount whole, Duration patience, Shape ranges) {
    /** Ranges take about a tenth of a second each: the snapshot is short. */
    static final Extent DEFAULT =
        new Extent(CompareWhole.MOST, CompareWhole.LONGEST, new Shape(100_000, 4096));
  }

  StepFrame frame() {
    return new StepFrame(tools, scope);
  }

  /**
   * Its workers.
   *
   * @param already rows of earlier calls
   */
  Shift shift(long already) {
    return new Shift(tools, scope, already, action.rows());
  }
}
