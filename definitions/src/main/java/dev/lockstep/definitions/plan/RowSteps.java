package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Assignment;
import dev.lockstep.definitions.plan.Action.MovedRows;
import dev.lockstep.definitions.plan.Groups.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The backfill of a batch in one table, and its comparison. */
final class RowSteps {
  private final Ground ground;
  private final StepList steps;

  RowSteps(Ground ground, StepList steps) {
    this.ground = ground;
    this.steps = steps;
  }

  /** Fills what is still NULL: rows that the trigger filled, or a client, are left alone. */
  void backfill(TableDraft draft, TableBatch batch) {
    List<Assignment> values =
        batch.fresh.stream()
            .map(f -> new Assignment(f.stored(), ground.dialect().over(f.derived())))
            .toList();
    fill(draft, batch, values, MovedRows.LOOK_AGAIN);
  }

  /** The same before a trigger fills rows that are new. */
  void fillFirst(TableDraft draft, TableBatch batch) {
    fill(draft, batch, FillFirst.values(batch, ground.dialect()), MovedRows.LATER_STEP);
  }

  private void fill(
      TableDraft draft, TableBatch batch, List<Assignment> followers, MovedRows moved) {
    List<Assignment> values = Stream.concat(followers.stream(), batch.fills.stream()).toList();
    if (values.isEmpty()) {
      return;
    }
    List<Assignment> set =
        values.stream()
            .map(
                v ->
                    new Assignment(
                        v.column(), "coalesce(" + quote(v) + ", " + v.expression() + ")"))
            .toList();
    String where =
        values.stream().map(v -> quote(v) + " IS NULL").collect(Collectors.joining(" OR "));
    Observation.Table table = draft.table;
    Action.Backfill backfill =
        new Action.Backfill(table.name(), table.key(), set, where, Estimates.rows(table), moved);
    String columns =
        Stream.concat(
                batch.fresh.stream().map(FreshColumn::stored),
                batch.fills.stream().map(Assignment::column))
            .collect(Collectors.joining(", "));
    steps.add(
        Phase.MIGRATE,
        table.name() + "-backfill",
        Work.of(
                "fills " + columns + " in the rows of " + table.name(),
                backfill,
                Undo.nothing("the filled columns go with the undo of the step that added them"))
            .costing(Estimates.backfill(table, ground.migration().limits())));
  }

  /**
   * Compares every row where the batch gives cause to: all groups of all batches so far, so that
   * the last comparison of a table is the one that tells whether its rows are right.
   */
  void verify(TableDraft draft, TableBatch batch) {
    List<Members> groups = Groups.of(draft).stream().filter(g -> !g.fresh().isEmpty()).toList();
    boolean touched =
        groups.stream()
            .anyMatch(
                g ->
                    g.fresh().stream().anyMatch(batch.fresh::contains)
                        || g.stale().stream().anyMatch(batch.stale::contains));
    if (touched || !batch.present.isEmpty()) {
      compare(draft, groups);
    }
  }

  private void compare(TableDraft draft, List<Members> groups) {
    Mismatch mismatch = new Mismatch(ground.dialect(), draft);
    List<String> wrong = new ArrayList<>(groups.stream().map(mismatch::of).toList());
    List<String> meanings = new ArrayList<>(groups.stream().map(mismatch::meaning).toList());
    List<Assignment> repair =
        new ArrayList<>(
            groups.stream().flatMap(g -> mismatch.repair(g, groups.size() == 1)).toList());
    for (Assignment fill : draft.present) {
      wrong.add(quote(fill) + " IS NULL");
      meanings.add(fill.column() + " has a value");
      repair.add(
          new Assignment(
              fill.column(), "coalesce(" + quote(fill) + ", " + fill.expression() + ")"));
    }
    add(draft, String.join(" OR ", wrong), repair, String.join("; ", meanings));
  }

  private void add(TableDraft draft, String wrong, List<Assignment> repair, String meaning) {
    Observation.Table table = draft.table;
    Action.Verify verify =
        new Action.Verify(table.name(), table.key(), wrong, repair, meaning, Estimates.rows(table));
    steps.add(
        Phase.VERIFY,
        table.name() + "-rows",
        Work.of(
                "compares every row of " + table.name() + ": " + meaning,
                verify,
                Undo.nothing("only new columns are repaired, and they go"))
            .costing(Estimates.scan(table)));
  }

  private String quote(Assignment assignment) {
    return ground.dialect().quote(assignment.column());
  }
}
