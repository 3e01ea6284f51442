package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.Optional;
import java.util.stream.Stream;

/** The undo of "may be NULL" reads the whole table, and fails at the first NULL. */
final class NullsStopRevert implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.AlterColumn.class)
        .filter(c -> c.nullable().equals(Optional.of(true)) && c.down().isEmpty())
        .filter(c -> scene.column(c.table(), c.column()).filter(o -> !o.nullable()).isPresent())
        .map(
            c ->
                Hazards.NULLS_STOP_REVERT.found(
                    "once a client wrote NULL to column "
                        + c.column()
                        + " of "
                        + scene.table(c.table()).map(Figures::of).orElse(c.table())
                        + ", contract cannot be undone; the undo reads the table under a lock"));
  }
}
