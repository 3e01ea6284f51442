package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the planner must know for a definition.
 *
 * <p>Tables: every named one, targets of foreign keys and looked-up ones included. Expressions:
 * each {@code up} over the row as it is, each {@code down}, check, index expression and predicate
 * over the row as the new version of the application sees it, and each type, as a cast of NULL.
 */
public final class PlanQuestions {
  private PlanQuestions() {}

  /** The questions of one migration. */
  public static Questions of(Migration migration) {
    Outline outline = Outline.of(migration);
    TreeSet<TableName> tables = new TreeSet<>();
    TreeSet<TableName> relations = new TreeSet<>();
    List<Questions.Expression> expressions = new ArrayList<>();
    for (PlacedChange placed : outline.changes()) {
      placed.change().accept(new TableOf()).ifPresent(tables::add);
      tables.addAll(placed.change().accept(new TargetsOf()));
      relations.addAll(placed.change().accept(new NamesOf()));
      expressions.addAll(placed.change().accept(new ExpressionsOf(outline, placed.path())));
    }
    for (int i = 0; i < migration.steps().size(); i++) {
      if (migration.steps().get(i) instanceof Step.Backfill backfill) {
        tables.add(TableName.parse(backfill.table()));
        backfill.lookup().ifPresent(lookup -> tables.add(TableName.parse(lookup.from())));
        String path = "spec.steps[" + i + "].backfill";
        expressions.addAll(ExpressionsOf.backfill(outline, path, backfill));
      }
    }
    return new Questions(
        List.copyOf(tables), expressions, workloads(migration), List.copyOf(relations));
  }

  private static List<WorkloadReference> workloads(Migration migration) {
    Stream<Rollout> inSteps = migration.steps().stream().flatMap(s -> rollout(s).stream());
    return Stream.concat(migration.rollouts().stream(), inSteps)
        .map(Rollout::workload)
        .distinct()
        .sorted(Comparator.comparing(WorkloadReference::toString))
        .toList();
  }

  private static Optional<Rollout> rollout(Step step) {
    return step instanceof Step.RollOut rollOut ? Optional.of(rollOut.rollout()) : Optional.empty();
  }
}
