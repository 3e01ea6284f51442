package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Compilation.Named;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The user's own statements: last in expand, or last in contract, so that they find every other
 * change of the phase done.
 */
record SqlRecipe(Ground ground, PlacedChange placed, Change.Sql change) implements Recipe {
  /** What PostgreSQL refuses in a transaction, or what ends one. */
  private static final List<Pattern> OUTSIDE =
      Stream.of(
              "^(CREATE|DROP|REINDEX|DETACH)\\b.*\\bCONCURRENTLY\\b",
              "^ALTER TABLE\\b.*\\bDETACH PARTITION\\b.*\\bCONCURRENTLY\\b",
              "^VACUUM\\b",
              "^(CREATE|DROP) (DATABASE|TABLESPACE)\\b",
              "^ALTER SYSTEM\\b",
              "^(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|PREPARE TRANSACTION)\\b(?!"
                  + " TO\\b)")
          .map(words -> Pattern.compile(words, Pattern.CASE_INSENSITIVE))
          .toList();

  /** All else only the server could judge, and only by running it: hazards say so. */
  @Override
  public void check(Checks checks) {
    inside(checks, "up", change.up());
    inside(checks, "down", change.down());
  }

  private void inside(Checks checks, String field, String sql) {
    for (String statement : SqlStatements.of(sql)) {
      if (OUTSIDE.stream().anyMatch(p -> p.matcher(statement).find())) {
        checks
            .findings()
            .add(
                placed.path() + "." + field,
                Code.CHANGE_UNSUPPORTED,
                "`"
                    + statement
                    + "` cannot run here: all statements run in one transaction; for an index there"
                    + " are createIndex and dropIndex");
      }
    }
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
