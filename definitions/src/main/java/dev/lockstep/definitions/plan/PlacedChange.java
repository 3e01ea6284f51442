package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.KindNames;
import dev.lockstep.definitions.model.Change;

/**
 * A change and where the definition says it.
 *
 * @param place index among the changes or the steps, from 0
 * @param path such as {@code spec.changes[2].addColumn}
 */
record PlacedChange(int place, String path, Change change) {
  static PlacedChange of(String list, int place, Change change) {
    String kind = KindNames.of(change);
    return new PlacedChange(place, "spec." + list + "[" + place + "]." + kind, change);
  }
}
