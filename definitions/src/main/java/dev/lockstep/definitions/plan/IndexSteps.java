package dev.lockstep.definitions.plan;

/** Indexes of one table. */
record IndexSteps(SqlDialect dialect, TableDraft draft, StepList steps) {
  void add(Phase phase, IndexBuild index) {
    TableName table = draft.name();
    IndexStatements statements = new IndexStatements(dialect, draft.table);
    Action.RemoveIndex undo =
        new Action.RemoveIndex(table, index.name(), statements.drop(index.name()));
    Work work =
        Work.of(
                "builds " + index.said() + " on " + table + " " + statements.manner(),
                new Action.BuildIndex(table, index.name(), index.sql()),
                Undo.by("drop index " + index.name(), undo))
            .costing(Estimates.index(draft.table));
    steps.add(phase, table + "-index-" + index.name(), work);
  }
}
