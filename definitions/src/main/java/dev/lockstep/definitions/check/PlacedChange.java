package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A change and where the definition says it.
 *
 * @param path with the kind, such as {@code spec.changes[2].addColumn}
 */
record PlacedChange(String path, Change change) {
  /** Every change of a migration: those of {@code changes}, then those of {@code steps}. */
  static List<PlacedChange> of(Migration migration) {
    List<PlacedChange> placed = new ArrayList<>();
    for (int index = 0; index < migration.changes().size(); index++) {
      Change change = migration.changes().get(index);
      placed.add(new PlacedChange("spec.changes[" + index + "]." + KindNames.of(change), change));
    }
    for (int index = 0; index < migration.steps().size(); index++) {
      if (migration.steps().get(index) instanceof Step.Apply step) {
        placed.add(
            new PlacedChange("spec.steps[" + index + "]." + KindNames.of(step), step.change()));
      }
    }
    return placed;
  }

  String field(String name) {
    return path + "." + name;
  }
}
