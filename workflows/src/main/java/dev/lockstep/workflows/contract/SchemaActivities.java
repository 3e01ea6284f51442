package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.Action;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Changes of the schema. Each looks in the ledger and the catalogue before it acts, and may be
 * called any number of times. In an undo, {@code scope} names the undone step, and nothing is done
 * for a step that was never done.
 */
@ActivityInterface
public interface SchemaActivities {
  /** Runs statements in one transaction under the lock protocol. */
  @ActivityMethod(name = "applyStatements")
  StepOutcome applyStatements(StepScope scope, Action.Statements action);

  /** Undoes a step by statements, in the transaction that records the undo. */
  @ActivityMethod(name = "undoStatements")
  StepOutcome undoStatements(StepScope scope, Action.Statements action);

  /** Proves a constraint. */
  @ActivityMethod(name = "validateConstraint")
  StepOutcome validateConstraint(StepScope scope, Action.Validate action);

  /** Builds an index; a left-over invalid one is dropped first. */
  @ActivityMethod(name = "buildIndex")
  StepOutcome buildIndex(StepScope scope, Action.BuildIndex action);

  /** Drops an index. */
  @ActivityMethod(name = "removeIndex")
  StepOutcome removeIndex(StepScope scope, Action.RemoveIndex action);

  /** Builds again what the step dropped. */
  @ActivityMethod(name = "undoRemoveIndex")
  StepOutcome undoRemoveIndex(StepScope scope, Action.BuildIndex action);

  /** Drops what the step built. */
  @ActivityMethod(name = "undoBuildIndex")
  StepOutcome undoBuildIndex(StepScope scope, Action.RemoveIndex action);
}
