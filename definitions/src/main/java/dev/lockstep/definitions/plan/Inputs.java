package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import java.util.List;
import java.util.Optional;

/** Where the names in an expression are stored. */
final class Inputs {
  private Inputs() {}

  /** Of an expression over the row as it is. */
  static List<Input> old(Optional<Judgement> judgement) {
    return judgement.stream().flatMap(j -> j.columns().stream()).map(c -> new Input(c, c)).toList();
  }

  /** An expression over the new row, over the columns that hold its values until contract. */
  static String stored(Ground ground, Fate fate, String id, String written) {
    List<Input> inputs =
        ground.judged(id).stream()
            .flatMap(j -> j.columns().stream())
            .map(c -> new Input(c, fate.stored(c)))
            .toList();
    return ground.dialect().over(new Derived("", ground.qualified(id, written), inputs));
  }
}
