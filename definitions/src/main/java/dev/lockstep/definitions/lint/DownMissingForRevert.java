package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** A column that new clients leave empty while old ones still read it. */
final class DownMissingForRevert implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.DropColumn.class)
        .filter(c -> c.down().isEmpty())
        .map(
            c ->
                Hazards.DOWN_MISSING_FOR_REVERT.found(
                    "rows that new clients write have no value, or the default, in column "
                        + c.column()
                        + " of "
                        + c.table()
                        + ", also after a revert"));
  }
}
