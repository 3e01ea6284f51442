package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Statements;
import java.util.List;

/** Constraints of one table: adding without proof, and the proof. */
record ConstraintSteps(SqlDialect dialect, TableDraft draft, StepList steps) {
  /** Adds it for new rows only. */
  void add(Phase phase, NewConstraint constraint) {
    TableName table = draft.name();
    Locks undoLocks = new Locks().with(table, LockMode.ACCESS_EXCLUSIVE);
    constraint.locks().forEach(l -> undoLocks.with(l.table(), LockMode.ACCESS_EXCLUSIVE));
    Statements undo =
        new Statements(List.of(dialect.dropConstraint(table, constraint.name())), undoLocks.list());
    steps.add(
        phase,
        table + "-constraint-" + constraint.name(),
        Work.of(
            "demands " + constraint.said() + " of new rows of " + table,
            new Statements(List.of(constraint.sql()), constraint.locks()),
            Undo.by("drop constraint " + constraint.name(), undo)));
  }

  /** Proves it for the rows that are there. */
  void validate(NewConstraint constraint) {
    if (!constraint.validate()) {
      return;
    }
    TableName table = draft.name();
    String name = constraint.name();
    steps.add(
        Phase.VERIFY,
        table + "-validate-" + name,
        Work.of(
                "proves " + constraint.said() + " for every row of " + table,
                new Action.Validate(table, name, dialect.validateConstraint(table, name)),
                Undo.nothing("the constraint goes with the undo of the step that added it"))
            .costing(Estimates.scan(draft.table)));
  }
}
