package dev.lockstep.definitions.parameters;

import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * The places of a migration that a run's parameters fill: images of rollouts and the names of their
 * workloads, nothing else. No SQL has any, so that whoever may give a parameter cannot change what
 * the database is told.
 */
public final class Parameters {
  private Parameters() {}

  /** Names of those that a run of it needs. */
  public static SortedSet<String> of(Migration migration) {
    SortedSet<String> names = new TreeSet<>();
    Migration unused =
        map(
            migration,
            (path, text) -> {
              names.addAll(Places.in(text));
              return text;
            });
    return names;
  }

  /**
   * The migration with other texts in all places.
   *
   * @param change the new text, of its path and the text
   */
  public static Migration map(Migration migration, BinaryOperator<String> change) {
    List<Rollout> rollouts = new ArrayList<>();
    for (int index = 0; index < migration.rollouts().size(); index++) {
      String path = "spec.rollouts[" + index + "]";
      rollouts.add(RolloutPlaces.map(path, migration.rollouts().get(index), change));
    }
    List<Step> steps = new ArrayList<>();
    for (int index = 0; index < migration.steps().size(); index++) {
      Step step = migration.steps().get(index);
      String path = "spec.steps[" + index + "].rollout";
      steps.add(
          step instanceof Step.RollOut rollOut
              ? new Step.RollOut(RolloutPlaces.map(path, rollOut.rollout(), change))
              : step);
    }
    return new Migration(
        migration.name(),
        migration.database(),
        migration.changes(),
        steps,
        rollouts,
        migration.contract(),
        migration.limits(),
        migration.onFailure(),
        migration.allow(),
        migration.restorePoint(),
        migration.approvers());
  }
}
