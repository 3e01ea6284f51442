package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Statements;
import java.util.ArrayList;
import java.util.List;
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
    Synchronisation before = Groups.now(draft, compilation);
    boolean first = !draft.synchronises();
    draft.join(batch);
    if (batch.columns.isEmpty() && !batch.synchronises()) {
      return;
    }
    List<String> act = new ArrayList<>(Reversible.acts(batch.columns));
    List<String> undo = new ArrayList<>();
    act.addAll(batch.details);
    if (batch.synchronises()) {
      SqlDialect dialect = compilation.ground.dialect();
      Synchronisation now = Groups.now(draft, compilation);
      act.addAll(first ? dialect.createSynchronisation(now) : dialect.replaceSynchronisation(now));
      undo.addAll(
          first
              ? dialect.dropSynchronisation(draft.name(), now.trigger())
              : dialect.replaceSynchronisation(before));
    }
    undo.addAll(Reversible.undos(batch.columns));
    steps.add(
        Phase.EXPAND,
        draft.name() + "-columns",
        Work.reversible(
            sentence(draft, batch),
            new Statements(act, Locks.exclusive(draft.name())),
            undoSentence(draft, batch),
            undo));
  }

  private static String sentence(TableDraft draft, TableBatch batch) {
    List<String> fresh = batch.fresh.stream().map(FreshColumn::name).toList();
    List<String> stale = batch.stale.stream().map(StaleColumn::name).toList();
    List<String> parts = new ArrayList<>();
    if (!batch.columns.isEmpty()) {
      parts.add("adds " + count(batch.columns.size(), "column"));
    }
    if (batch.synchronises()) {
      List<String> equal = Stream.concat(fresh.stream(), stale.stream()).distinct().toList();
      parts.add("keeps " + String.join(", ", equal) + " equal by a trigger");
    }
    return draft.name() + ": " + String.join(" and ", parts);
  }

  private static String undoSentence(TableDraft draft, TableBatch batch) {
    return batch.columns.isEmpty()
        ? "drop the trigger of " + draft.name()
        : "drop the new columns of " + draft.name();
  }

  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
