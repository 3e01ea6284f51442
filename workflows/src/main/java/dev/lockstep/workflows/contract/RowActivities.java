package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.Action;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/**
 * Work on every row of a table. All heartbeat, send {@link Progress}, stop at the next batch when
 * they are cancelled, and go on from the ledger when they are called again.
 */
@ActivityInterface
public interface RowActivities {
  /** Fills columns; figures {@code rows}, {@code batches}, {@code batchesRepeated}. */
  @ActivityMethod(name = "backfill")
  StepOutcome backfill(StepScope scope, Action.Backfill action);

  /** Compares and repairs; figures {@code rows}, {@code mismatches}, {@code repaired}. */
  @ActivityMethod(name = "verify")
  StepOutcome verify(StepScope scope, Action.Verify action);

  /**
   * Compares all rows once more after {@link #verify} is done, and repairs nothing: rows that
   * differ now are {@code ROWS_DRIFTED}. Figures {@code rows}, {@code mismatches}.
   *
   * @param begun when this repetition began: a call with the same goes on, with another starts anew
   */
  @ActivityMethod(name = "verifyAgain")
  StepOutcome verifyAgain(StepScope scope, Action.Verify action, Instant begun);
}
