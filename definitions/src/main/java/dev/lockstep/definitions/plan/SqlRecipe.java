package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Compilation.Named;
import java.util.List;

/**
 * The user's own statements: last in expand, or last in contract, so that they find every other
 * change of the phase done.
 */
record SqlRecipe(Ground ground, PlacedChange placed, Change.Sql change) implements Recipe {
  @Override
  public void check(Checks checks) {
    // Only the server could judge statements, and only by running them: hazards say so.
  }

  @Override
  public void contribute(Compilation compilation) {
    Work work =
        Work.reversible(
            "runs your statements: " + firstLine(),
            new Action.Statements(List.of(change.up()), List.of()),
            "run your down statements",
            List.of(change.down()));
    Named named = new Named("sql-" + (placed.place() + 1), work);
    (change.during() == Change.SqlPhase.EXPAND
            ? compilation.statements
            : compilation.contractStatements)
        .add(named);
  }

  private String firstLine() {
    return change.up().strip().lines().findFirst().orElse("");
  }
}
