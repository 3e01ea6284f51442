package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.plan.Compilation.Named;
import java.util.List;

/** A new table. */
record CreateTableRecipe(Ground ground, PlacedChange placed, Change.CreateTable change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    String path = placed.path();
    boolean exists = ground.observation().table(table()).isPresent();
    if (exists) {
      checks
          .findings()
          .add(
              path + ".table",
              Code.OBJECT_EXISTS,
              "table " + table() + " is in the database already");
    } else {
      checks.free(path + ".table", table());
    }
    checks.mayCreate(path, table().schema());
    ExpressionChecks expressions = new ExpressionChecks(checks, table(), placed.place());
    for (int i = 0; i < change.columns().size(); i++) {
      Column column = change.columns().get(i);
      String place = path + ".columns[" + i + "]";
      if (!TypeSpelling.serial(column.type())) {
        expressions.type(place + ".type", column.type());
        column.defaultValue().ifPresent(d -> expressions.byDefault(place + ".default"));
      }
    }
  }

  @Override
  public void contribute(Compilation compilation) {
    SqlDialect dialect = ground.dialect();
    Action.Statements act =
        new Action.Statements(List.of(dialect.createTable(table(), change.columns())), List.of());
    Action.Statements undo =
        new Action.Statements(List.of(dialect.dropTable(table())), Locks.exclusive(table()));
    compilation.creations.add(
        new Named(
            table() + "-create",
            Work.of(
                "creates table " + table(),
                act,
                Undo.by("drop table " + table() + " with its rows", undo))));
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
