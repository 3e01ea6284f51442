package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A change and where the definition says it.
 *
 * @param place index among the changes or the steps, from 0
 * @param path with the kind, such as {@code spec.changes[2].addColumn}
 */
public record PlacedChange(int place, String path, Change change) {
  /** Every change of a migration: those of {@code changes}, then those of {@code steps}. */
  public static List<PlacedChange> of(Migration migration) {
    List<PlacedChange> placed = new ArrayList<>();
    for (int index = 0; index < migration.changes().size(); index++) {
      placed.add(at("changes", index, migration.changes().get(index)));
    }
    for (int index = 0; index < migration.steps().size(); index++) {
      if (migration.steps().get(index) instanceof Step.Apply step) {
        placed.add(at("steps", index, step.change()));
      }
    }
    return placed;
  }

  private static PlacedChange at(String list, int place, Change change) {
    String path = "spec." + list + "[" + place + "]." + KindNames.of(change);
    return new PlacedChange(place, path, change);
  }

  String field(String name) {
    return path + "." + name;
  }
}
