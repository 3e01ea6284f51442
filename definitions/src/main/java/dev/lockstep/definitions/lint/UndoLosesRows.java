package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Rows that are written to a new table while the run can still be undone. */
final class UndoLosesRows implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.CreateTable.class)
        .map(
            c ->
                Hazards.UNDO_LOSES_ROWS.found(
                    "a rollback drops table " + c.table() + " with what was written to it"));
  }
}
