package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Compilation.Named;
import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.Table;
import java.util.List;
import java.util.TreeSet;

/** An index that goes: at finish, when no old client needs it. */
record DropIndexRecipe(Ground ground, PlacedChange placed, Change.DropIndex change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    checks.changeable(placed.path(), table()).ifPresent(t -> index(checks, t));
  }

  private void index(Checks checks, Table table) {
    for (Index index : table.indexes()) {
      if (index.name().equals(change.name())) {
        index
            .constraint()
            .ifPresent(
                c ->
                    checks
                        .findings()
                        .add(
                            placed.path() + ".name",
                            Code.CHANGE_UNSUPPORTED,
                            "index "
                                + index.name()
                                + " carries constraint "
                                + c
                                + "; Lockstep cannot drop that yet"));
        referred(checks, table, index);
        return;
      }
    }
    checks
        .findings()
        .add(
            placed.path() + ".name",
            Code.OBJECT_UNKNOWN,
            "table " + table() + " has no index " + change.name());
  }

  /** A foreign key of another table stands on the index where no other one has its columns. */
  private void referred(Checks checks, Table table, Index dropped) {
    boolean alone =
        table.indexes().stream()
            .filter(i -> i.unique() && i.valid() && !i.name().equals(dropped.name()))
            .noneMatch(i -> alike(i.columns(), dropped.columns()));
    table.constraints().stream()
        .filter(c -> c.referrer().isPresent() && dropped.unique() && alone)
        .filter(c -> alike(c.columns(), dropped.columns()))
        .forEach(
            c ->
                checks
                    .findings()
                    .add(
                        placed.path() + ".name",
                        Code.CHANGE_UNSUPPORTED,
                        "foreign key "
                            + c.name()
                            + " of table "
                            + c.referrer().orElseThrow()
                            + " stands on index "
                            + dropped.name()
                            + "; drop that first"));
  }

  private static boolean alike(List<String> some, List<String> others) {
    return new TreeSet<>(some).equals(new TreeSet<>(others));
  }

  @Override
  public void contribute(Compilation compilation) {
    String index = change.name();
    Observation.Table table = ground.observation().table(table()).orElseThrow();
    IndexStatements statements = new IndexStatements(ground.dialect(), table);
    String manner =
        statements.partitioned() ? " at once, in all partitions" : " while writes go on";
    Work work =
        Work.of(
                "drops index " + index + " of " + table() + manner,
                new Action.RemoveIndex(table(), index, statements.drop(index)),
                Undo.nothing("after the point of no return"))
            .destroying();
    compilation.removals.add(new Named(table() + "-drop-index-" + index, work));
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
