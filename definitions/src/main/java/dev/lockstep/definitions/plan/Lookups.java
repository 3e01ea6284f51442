package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import java.util.List;
import java.util.Optional;

/**
 * A look into another table, as the plan needs it.
 *
 * @param path of the lookup in the definition
 */
record Lookups(Ground ground, String path, Lookup lookup) {
  /** The id of the value among the expressions that the server judged. */
  String value() {
    return path + ".value";
  }

  TableName from() {
    return TableName.parse(lookup.from());
  }

  /** How people write where the value comes from. */
  String said() {
    return lookup.value() + " of " + from();
  }

  /** The column of that type with the value. */
  Derived derived(TableName table, String column, String type) {
    List<String> used = ground.judged(value()).map(Judgement::columns).orElse(List.of());
    return new Derived(
        column,
        ground.value(value(), lookup.value(), type),
        lookup.match().keySet().stream().map(own -> new Input(own, own)).toList(),
        Optional.of(new LookedUp(table, from(), lookup.match(), used, lookup.follow())));
  }
}
