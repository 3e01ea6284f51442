package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import java.util.List;

/** A column under a new name: a second column, equal to the first until the first is dropped. */
record RenameColumnRecipe(Ground ground, PlacedChange placed, Change.RenameColumn change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    String path = placed.path();
    checks
        .changeable(path, table())
        .ifPresent(
            t -> {
              checks.mayCreate(path, table().schema());
              if (t.column(change.to()).isPresent()) {
                checks
                    .findings()
                    .add(
                        path + ".to",
                        Code.OBJECT_EXISTS,
                        "table " + table() + " has a column " + change.to() + " already");
              }
              if (t.column(change.from()).isEmpty()) {
                checks.unknownColumn(path + ".from", t, change.from());
              }
              t.column(change.from())
                  .ifPresent(
                      c -> {
                        ColumnChecks columns = new ColumnChecks(checks, path);
                        columns.movable(t, c);
                        columns.copyable(t, c);
                        columns.addable(t, c);
                      });
            });
  }

  @Override
  public void contribute(Compilation compilation) {
    TableColumn old = compilation.draft(table()).table.column(change.from()).orElseThrow();
    FreshColumn fresh =
        new FreshColumn(
            change.to(),
            new Derived(
                change.to(),
                ground.dialect().quote(change.from()),
                List.of(new Input(change.from(), change.from()))),
            old.type(),
            !old.nullable(),
            true,
            change.from());
    StaleColumn stale =
        new StaleColumn(
            change.from(),
            ground.dialect().quote(change.to()),
            List.of(change.to()),
            old.type(),
            true);
    new Replacement(old, change.to(), fresh, stale).contribute(compilation, table());
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
