package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;

/**
 * A column that goes: hidden at contract, dropped at finish. With {@code down} it follows the new
 * columns for as long as it exists.
 */
record DropColumnRecipe(Ground ground, PlacedChange placed, Change.DropColumn change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    Optional<TableColumn> found = checks.column(placed.path(), table(), change.column());
    if (found.isEmpty()) {
      return;
    }
    TableColumn column = found.orElseThrow();
    new ColumnChecks(checks, placed.path())
        .movable(ground.observation().table(table()).orElseThrow(), column);
    if (change.down().isPresent()) {
      checks.mayCreate(placed.path(), table().schema());
      new ExpressionChecks(checks, table(), placed.place()).overNew(placed.path() + ".down");
    } else if (!column.nullable() && column.defaultValue().isEmpty() && !column.generated()) {
      checks
          .findings()
          .add(
              placed.path() + ".down",
              Code.DOWN_MISSING,
              "column "
                  + column.name()
                  + " is NOT NULL without a default: a client that no longer writes it would fail;"
                  + " give down");
    }
  }

  @Override
  public void contribute(Compilation compilation) {
    TableColumn column = compilation.draft(table()).table.column(change.column()).orElseThrow();
    compilation.draft(table()).lost.add(column);
    if (change.down().isEmpty()) {
      Hiding.alone(compilation, table(), column);
      return;
    }
    Optional<Judgement> judged = ground.judged(placed.path() + ".down");
    compilation
        .batch(table())
        .stale
        .add(
            new StaleColumn(
                column.name(),
                ground.qualified(placed.path() + ".down", change.down().orElseThrow()),
                judged.map(Judgement::columns).orElse(List.of()),
                column.type(),
                judged.map(Judgement::immutable).orElse(false)));
    Hiding.following(compilation, table(), column);
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
