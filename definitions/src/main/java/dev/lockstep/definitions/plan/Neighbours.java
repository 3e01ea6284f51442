package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which steps of a plan may be done at the same time: neighbours that fill, or compare, the rows of
 * different tables in one phase.
 *
 * <ol>
 *   <li>The sequence puts them side by side already: each kind of work comes for all tables before
 *       the next kind. So nothing is moved from one kind to another, and what a step relies on
 *       still comes before it.
 *   <li>None of them takes a lock of a table, has an undo of its own or destroys anything. What one
 *       fills no other one reads: a column that is looked up in another table stays as it is in the
 *       same migration.
 *   <li>The biggest table comes first: done last, it would be at work alone at the end.
 * </ol>
 */
final class Neighbours {
  private static final Comparator<PlannedStep> BIGGEST_FIRST =
      Comparator.comparingLong((PlannedStep step) -> step.estimate().rows()).reversed();

  private Neighbours() {}

  /** The same steps; those that may be done at the same time say so. */
  static List<PlannedStep> together(List<PlannedStep> steps) {
    List<PlannedStep> all = new ArrayList<>();
    int number = 0;
    int place = 0;
    while (place < steps.size()) {
      List<PlannedStep> group = group(steps.subList(place, steps.size()));
      place += group.size();
      if (group.size() == 1) {
        all.addAll(group);
        continue;
      }
      number++;
      for (PlannedStep step : group.stream().sorted(BIGGEST_FIRST).toList()) {
        all.add(step.together(number));
      }
    }
    return all;
  }

  /** The first step and those after it that may be done with it. */
  private static List<PlannedStep> group(List<PlannedStep> steps) {
    PlannedStep first = steps.get(0);
    List<PlannedStep> group = new ArrayList<>(List.of(first));
    Set<TableName> tables = new TreeSet<>();
    if (rowsOf(first).filter(tables::add).isEmpty()) {
      return group;
    }
    for (PlannedStep next : steps.subList(1, steps.size())) {
      boolean fits =
          next.phase() == first.phase()
              && next.action().getClass().equals(first.action().getClass())
              && rowsOf(next).filter(tables::add).isPresent();
      if (!fits) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  private static Optional<TableName> rowsOf(PlannedStep step) {
    if (step.action() instanceof Action.Backfill backfill) {
      return Optional.of(backfill.table());
    }
    return step.action() instanceof Action.Verify verify
        ? Optional.of(verify.table())
        : Optional.empty();
  }
}
