package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The order of everything.
 *
 * <ol>
 *   <li>{@code changes} are one batch: tables, columns, indexes, constraints and the user's
 *       statements in expand; rollouts; backfills and indexes; comparisons, constraints and proofs;
 *       rollouts. Where it can be, columns are filled before they follow: {@link FillFirst}.
 *   <li>Of {@code steps}, each change is a batch at its place.
 *   <li>After all batches: the gate, contract, the revert window, finish.
 *   <li>Where several tables are asked for at a time: {@link Neighbours}.
 * </ol>
 */
final class Sequence {
  private final Ground ground;
  private final StepList steps = new StepList();
  private final Compilation compilation;

  Sequence(Ground ground) {
    this.ground = ground;
    this.compilation = new Compilation(ground);
  }

  List<PlannedStep> steps() {
    claim();
    ground.observation().restorePoint().ifPresent(new RestorePointSteps(steps)::add);
    if (ground.outline().ordered()) {
      OrderedSteps ordered = new OrderedSteps(ground, steps, this::batch);
      for (int i = 0; i < ground.migration().steps().size(); i++) {
        Step step = ground.migration().steps().get(i);
        step.accept(ordered.at(i));
      }
    } else {
      batch(ground.outline().changes());
    }
    end();
    return neighbours() ? Neighbours.together(steps.steps()) : steps.steps();
  }

  /** An order that the author gave is kept strictly. */
  private boolean neighbours() {
    return ground.migration().limits().tables().isPresent() && !ground.outline().ordered();
  }

  private void claim() {
    TreeSet<TableName> tables = new TreeSet<>(PlanQuestions.of(ground.migration()).tables());
    steps.add(
        Phase.PREPARE,
        "claim",
        Work.of(
            "registers the run and claims " + ExpandSteps.count(tables.size(), "table"),
            new Action.Claim(List.copyOf(tables)),
            Undo.nothing("the claim ends with the run")));
  }

  private void batch(List<PlacedChange> changes) {
    changes.forEach(c -> Recipes.of(ground, c).contribute(compilation));
    Map<TableName, TableBatch> batches = compilation.endBatch();
    batches.forEach((t, b) -> new CarryOver(compilation, compilation.draft(t), b).contribute());
    FillFirst fillFirst = new FillFirst(compilation, steps);
    Map<TableName, TableBatch> first = new LinkedHashMap<>(batches);
    first.entrySet().removeIf(e -> !fillFirst.fits(compilation.draft(e.getKey()), e.getValue()));
    Map<TableName, TableBatch> others = new LinkedHashMap<>(batches);
    others.keySet().removeAll(first.keySet());

    expand(first, others);
    rollouts(Phase.EXPAND, Rollout.After.EXPAND);
    RowSteps rows = new RowSteps(ground, steps);
    each(first, rows::fillFirst);
    each(others, rows::backfill);
    each(first, fillFirst::follow);
    each(first, fillFirst::catchUp);
    each(first, fillFirst::show);
    each(batches, this::lateIndexes);
    each(batches, rows::verify);
    each(batches, this::prove);
    rollouts(Phase.VERIFY, Rollout.After.VERIFY);
  }

  private void each(
      Map<TableName, TableBatch> batches, BiConsumer<TableDraft, TableBatch> contribution) {
    batches.forEach((table, batch) -> contribution.accept(compilation.draft(table), batch));
  }

  private void expand(Map<TableName, TableBatch> first, Map<TableName, TableBatch> others) {
    compilation.creations.forEach(n -> steps.add(Phase.EXPAND, n.what(), n.work()));
    compilation.creations.clear();
    ExpandSteps expand = new ExpandSteps(compilation, steps);
    each(first, expand::addFilling);
    each(others, expand::addColumns);
    each(first, expand::addIndexesAndConstraints);
    each(others, expand::addIndexesAndConstraints);
    compilation.statements.forEach(n -> steps.add(Phase.EXPAND, n.what(), n.work()));
    compilation.statements.clear();
  }

  private void lateIndexes(TableDraft draft, TableBatch batch) {
    IndexSteps indexes = new IndexSteps(ground.dialect(), draft, steps);
    batch.lateIndexes.forEach(i -> indexes.add(Phase.MIGRATE, i));
  }

  private void prove(TableDraft draft, TableBatch batch) {
    ConstraintSteps constraints = new ConstraintSteps(ground.dialect(), draft, steps);
    batch.lateConstraints.forEach(c -> constraints.add(Phase.VERIFY, c));
    List<NewConstraint> all = new ArrayList<>(batch.earlyConstraints);
    all.addAll(batch.lateConstraints);
    all.forEach(constraints::validate);
  }

  private void rollouts(Phase phase, Rollout.After after) {
    RolloutSteps rollouts = new RolloutSteps(ground, steps);
    ground.migration().rollouts().stream()
        .filter(r -> r.after().equals(Optional.of(after)))
        .forEach(r -> rollouts.add(phase, r));
  }

  private void end() {
    new EndSteps(compilation, steps).add();
  }
}
