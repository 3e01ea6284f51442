package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import org.jdbi.v3.core.Handle;

/** Runs statements and notes the step done, or undone, in the same transaction. */
final class ApplyStatements {
  private final StepScope scope;
  private final LedgerNote note;

  /** As an act, or as an undo, as {@code note} says. */
  ApplyStatements(StepScope scope, LedgerNote note) {
    this.scope = scope;
    this.note = note;
  }

  StepOutcome run(Handle handle, Action.Statements action, Reporter reporter) {
    return new LockedTransaction(scope, note, action.locks(), reporter)
        .run(handle, transaction -> action.sql().forEach(sql -> PlainSql.run(transaction, sql)));
  }
}
