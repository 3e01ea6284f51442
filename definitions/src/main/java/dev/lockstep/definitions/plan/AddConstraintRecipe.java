package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.Table;
import java.util.List;
import java.util.Optional;

/**
 * A constraint: added not valid, proven later. Over columns that are there, in expand; over new
 * ones, once they are filled.
 */
record AddConstraintRecipe(Ground ground, PlacedChange placed, Change.AddConstraint change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    Optional<Table> table = checks.usable(placed, table());
    if (table.isEmpty()) {
      return;
    }
    if (table.orElseThrow().constraints().stream()
        .anyMatch(c -> c.referrer().isEmpty() && c.name().equals(change.name()))) {
      checks
          .findings()
          .add(
              placed.path() + ".name",
              Code.OBJECT_EXISTS,
              "table " + table() + " has a constraint " + change.name() + " already");
    }
    change.constraint().accept(new Suitable(checks, table.orElseThrow()));
  }

  @Override
  public void contribute(Compilation compilation) {
    Fate fate = ground.fate(table());
    boolean late = used().stream().anyMatch(c -> fate.fresh(c).isPresent());
    TableBatch batch = compilation.batch(table());
    (late ? batch.lateConstraints : batch.earlyConstraints)
        .add(change.constraint().accept(new Added(fate)));
  }

  private List<String> used() {
    return change
        .constraint()
        .accept(
            new Constraint.Visitor<>() {
              @Override
              public List<String> check(Constraint.Check check) {
                return ground
                    .judged(placed.path() + ".check")
                    .map(Judgement::columns)
                    .orElse(List.of());
              }

              @Override
              public List<String> foreignKey(Constraint.ForeignKey foreignKey) {
                return foreignKey.columns();
              }
            });
  }

  private TableName table() {
    return TableName.parse(change.table());
  }

  /** Whether it can be added. */
  private final class Suitable implements Constraint.Visitor<Boolean> {
    private final Checks checks;
    private final Table table;

    private Suitable(Checks checks, Table table) {
      this.checks = checks;
      this.table = table;
    }

    @Override
    public Boolean check(Constraint.Check check) {
      expressions().condition(placed.path() + ".check");
      return true;
    }

    @Override
    public Boolean foreignKey(Constraint.ForeignKey foreignKey) {
      String path = placed.path() + ".foreignKey";
      new PartitionChecks(checks, path).foreignKey(table);
      Fate fate = ground.fate(table());
      for (String column : foreignKey.columns()) {
        if (table.column(column).isEmpty() && fate.fresh(column).isEmpty()) {
          checks.unknownColumn(path + ".columns", table, column);
        }
      }
      expressions().staying(path + ".columns", foreignKey.columns());
      new ForeignKeyTarget(checks, path, placed.place()).check(foreignKey);
      return true;
    }

    private ExpressionChecks expressions() {
      return new ExpressionChecks(checks, table(), placed.place());
    }
  }

  /** What is added. */
  private final class Added implements Constraint.Visitor<NewConstraint> {
    private final Fate fate;

    private Added(Fate fate) {
      this.fate = fate;
    }

    @Override
    public NewConstraint check(Constraint.Check check) {
      String expression = Inputs.stored(ground, fate, placed.path() + ".check", check.expression());
      return added(new Constraint.Check(expression), Locks.exclusive(table()), "check");
    }

    @Override
    public NewConstraint foreignKey(Constraint.ForeignKey foreignKey) {
      Constraint.ForeignKey stored =
          new Constraint.ForeignKey(
              foreignKey.columns().stream().map(fate::stored).toList(),
              foreignKey.referencedTable(),
              foreignKey.referencedColumns(),
              foreignKey.onDelete());
      TableName target = TableName.parse(foreignKey.referencedTable());
      List<TableLock> locks =
          new Locks()
              .with(table(), LockMode.SHARE_ROW_EXCLUSIVE)
              .with(target, LockMode.SHARE_ROW_EXCLUSIVE)
              .list();
      return added(stored, locks, "foreign key to " + target);
    }

    private NewConstraint added(Constraint constraint, List<TableLock> locks, String kind) {
      String sql = ground.dialect().addConstraint(table(), change.name(), constraint);
      return new NewConstraint(change.name(), sql, true, locks, kind + " " + change.name());
    }
  }
}
