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

  /** Compares every row of the groups that the batch touches. */
  void verify(TableDraft draft, TableBatch batch) {
    Mismatch mismatch = new Mismatch(ground.dialect(), draft);
    List<Members> groups =
        Groups.of(draft).stream()
            .filter(g -> !g.fresh().isEmpty())
            .filter(
                g ->
                    g.fresh().stream().anyMatch(batch.fresh::contains)
                        || g.stale().stream().anyMatch(batch.stale::contains))
            .toList();
    List<String> wrong = new ArrayList<>(groups.stream().map(mismatch::of).toList());
    List<String> meanings = new ArrayList<>(groups.stream().map(mismatch::meaning).toList());
    List<Assignment> repair =
        new ArrayList<>(
            groups.stream().flatMap(g -> mismatch.repair(g, groups.size() == 1)).toList());
    compare(draft, batch, new Comparison(wrong, repair, meanings));
  }

  /** Compares every row with what its old columns give, before others may write the new ones. */
  void verifyFilled(TableDraft draft, TableBatch batch) {
    Mismatch mismatch = new Mismatch(ground.dialect(), draft);
    List<String> wrong = new ArrayList<>(List.of(FillFirst.behind(batch, mismatch)));
    List<String> meanings = new ArrayList<>();
    for (FreshColumn column : batch.fresh) {
      meanings.add(column.name() + " = " + column.said());
      if (column.notNull()) {
        wrong.add(ground.dialect().quote(FillFirst.name(column)) + " IS NULL");
      }
    }
    List<Assignment> repair = new ArrayList<>(FillFirst.values(batch, ground.dialect()));
    compare(draft, batch, new Comparison(wrong, repair, meanings));
  }

  /** Each grows with what the batch also demands. */
  private record Comparison(List<String> wrong, List<Assignment> repair, List<String> meanings) {}

  private void compare(TableDraft draft, TableBatch batch, Comparison comparison) {
    for (Assignment fill : batch.fills) {
      if (batch.present.contains(fill.column())) {
        comparison.wrong().add(quote(fill) + " IS NULL");
        comparison.meanings().add(fill.column() + " has a value");
        comparison
            .repair()
            .add(
                new Assignment(
                    fill.column(), "coalesce(" + quote(fill) + ", " + fill.expression() + ")"));
      }
    }
    if (!comparison.wrong().isEmpty()) {
      add(
          draft,
          String.join(" OR ", comparison.wrong()),
          comparison.repair(),
          String.join("; ", comparison.meanings()));
    }
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
