package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableName;
import java.util.stream.Stream;

/** Rows without a name. */
final class NoKey implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    Stream<TableName> filled =
        scene
            .actions(Action.Backfill.class)
            .filter(b -> b.key().physical())
            .map(Action.Backfill::table);
    Stream<TableName> compared =
        scene
            .actions(Action.Verify.class)
            .filter(v -> v.key().physical())
            .map(Action.Verify::table);
    return Stream.concat(filled, compared)
        .distinct()
        .map(
            t ->
                Hazards.NO_KEY.found(
                    "table " + t + " has no key: its rows are walked by physical place (ctid)"));
  }
}
