package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.plan.Action.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a batch adds to a table: its new columns and its synchronisation in one transaction, then
 * indexes, then constraints.
 */
final class ExpandSteps {
  private final Compilation compilation;
  private final StepList steps;

  ExpandSteps(Compilation compilation, StepList steps) {
    this.compilation = compilation;
    this.steps = steps;
  }

  void addIndexesAndConstraints(TableDraft draft, TableBatch batch) {
    IndexSteps indexes = new IndexSteps(compilation.ground.dialect(), draft, steps);
    batch.earlyIndexes.forEach(i -> indexes.add(Phase.EXPAND, i));
    ConstraintSteps constraints = new ConstraintSteps(compilation.ground.dialect(), draft, steps);
    batch.earlyConstraints.forEach(c -> constraints.add(Phase.EXPAND, c));
  }

  /** One transaction: no client sees a new column that does not follow. */
  void addColumns(TableDraft draft, TableBatch batch) {
    SqlDialect dialect = compilation.ground.dialect();
    Synchronisation before = Groups.now(draft, compilation);
    boolean first = !draft.synchronises();
    draft.join(batch);
    List<Reversible> columns = new ArrayList<>(batch.columns);
    batch.followers.forEach(c -> columns.add(added(draft.name(), c)));
    if (columns.isEmpty() && !batch.synchronises()) {
      return;
    }
    List<String> act = new ArrayList<>(Reversible.acts(columns));
    List<String> undo = new ArrayList<>();
    act.addAll(batch.details);
    act.addAll(batch.followerDetails);
    if (batch.synchronises()) {
      Synchronisation now = Groups.now(draft, compilation);
      act.addAll(first ? dialect.createSynchronisation(now) : dialect.replaceSynchronisation(now));
      undo.addAll(
          first
              ? dialect.dropSynchronisation(draft.name(), now.trigger())
              : dialect.replaceSynchronisation(before));
    }
    undo.addAll(Reversible.undos(columns));
    Followers followers = new Followers(compilation, draft.name(), batch.fresh);
    act.addAll(followers.start());
    undo.addAll(0, followers.stop());
    followers.create(steps);
    steps.add(
        Phase.EXPAND,
        draft.name() + "-columns",
        Work.of(
            draft.name() + ": " + sentence(columns.size(), batch),
            new Statements(act, Locks.exclusive(draft.name())),
            Undo.by(
                (columns.isEmpty() ? "drop the trigger of " : "drop the new columns of ")
                    + draft.name(),
                new Statements(undo, Locks.exclusive(draft.name())))));
  }

  /** Columns that follow others come under names that nobody uses, and follow nothing yet. */
  void addFilling(TableDraft draft, TableBatch batch) {
    List<Reversible> columns = new ArrayList<>(batch.columns);
    batch.followers.forEach(c -> columns.add(added(draft.name(), FillFirst.filling(batch, c))));
    List<String> act = new ArrayList<>(Reversible.acts(columns));
    act.addAll(batch.details);
    steps.add(
        Phase.EXPAND,
        draft.name() + "-columns",
        Work.reversible(
            "%s: adds %s, out of sight until the rows are filled"
                .formatted(draft.name(), count(columns.size(), "column")),
            new Statements(act, Locks.exclusive(draft.name())),
            "drop the new columns of " + draft.name(),
            Reversible.undos(columns)));
  }

  private Reversible added(TableName table, Column column) {
    SqlDialect dialect = compilation.ground.dialect();
    return new Reversible(
        dialect.addColumn(table, column), dialect.dropColumn(table, column.name()));
  }

  private static String sentence(int columns, TableBatch batch) {
    List<String> parts = new ArrayList<>();
    if (columns > 0) {
      parts.add("adds " + count(columns, "column"));
    }
    String equal = equal(batch);
    if (!equal.isEmpty()) {
      parts.add("keeps " + equal + " equal by a trigger");
    }
    batch.fresh.stream()
        .flatMap(f -> f.derived().lookedUp().stream().map(l -> takes(f, l)))
        .forEach(parts::add);
    String last = parts.remove(parts.size() - 1);
    String before = parts.isEmpty() ? "" : String.join(", ", parts) + " and ";
    return before + last;
  }

  private static String takes(FreshColumn column, LookedUp lookedUp) {
    return lookedUp.followed()
        ? "keeps " + column.name() + " equal to " + lookedUp.from() + " by triggers of both"
        : "takes " + column.name() + " from " + lookedUp.from() + " by a trigger";
  }

  /** The columns of one table that follow each other, for people. */
  static String equal(TableBatch batch) {
    return Stream.concat(
            batch.fresh.stream()
                .filter(f -> f.derived().lookedUp().isEmpty())
                .map(FreshColumn::name),
            batch.stale.stream().map(StaleColumn::name))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
