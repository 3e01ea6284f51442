package dev.lockstep.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** The run's record in the target database. */
@ActivityInterface
public interface LedgerActivities {
  /**
   * Creates the ledger where it is not there, records the run, its plan and the schema of its
   * tables as it is now, and claims the tables. Doing it again for the same run changes nothing.
   */
  @ActivityMethod(name = "claim")
  StepOutcome claim(Claim claim);

  /** Records that undoing began, so that a run resumed from the ledger goes on undoing. */
  @ActivityMethod(name = "beginUndo")
  void beginUndo(StepScope scope);

  /**
   * Compares the schema of the run's tables with that of the claim.
   *
   * @return one line a difference, for people; empty: equal
   */
  @ActivityMethod(name = "compareSchema")
  List<String> compareSchema(StepScope scope);

  /** Records the end, releases the claims. */
  @ActivityMethod(name = "settle")
  void settle(Settlement settlement);
}
