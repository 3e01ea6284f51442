package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The order of everything.
 *
 * <ol>
 *   <li>{@code changes} are one batch: tables, columns, indexes, constraints and the user's
 *       statements in expand; rollouts; backfills and indexes; comparisons, constraints and proofs;
 *       rollouts.
 *   <li>Of {@code steps}, each change is a batch at its place.
 *   <li>After all batches: the gate, contract, the revert window, finish.
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
    return steps.steps();
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
    expand(batches);
    rollouts(Phase.EXPAND, Rollout.After.EXPAND);
    RowSteps rows = new RowSteps(ground, steps);
    batches.forEach((t, b) -> rows.backfill(compilation.draft(t), b));
    batches.forEach(
        (t, b) -> {
          IndexSteps indexes = new IndexSteps(ground.dialect(), compilation.draft(t), steps);
          b.lateIndexes.forEach(i -> indexes.add(Phase.MIGRATE, i));
        });
    batches.forEach((t, b) -> rows.verify(compilation.draft(t), b));
    batches.forEach((t, b) -> prove(compilation.draft(t), b));
    rollouts(Phase.VERIFY, Rollout.After.VERIFY);
  }

  private void expand(Map<TableName, TableBatch> batches) {
    compilation.creations.forEach(n -> steps.add(Phase.EXPAND, n.what(), n.work()));
    compilation.creations.clear();
    ExpandSteps expand = new ExpandSteps(compilation, steps);
    batches.forEach((t, b) -> expand.addColumns(compilation.draft(t), b));
    batches.forEach((t, b) -> expand.addIndexesAndConstraints(compilation.draft(t), b));
    compilation.statements.forEach(n -> steps.add(Phase.EXPAND, n.what(), n.work()));
    compilation.statements.clear();
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
