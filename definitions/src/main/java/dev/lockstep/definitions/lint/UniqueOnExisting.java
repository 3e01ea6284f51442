package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Uniqueness that nobody promised so far. */
final class UniqueOnExisting implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.CreateIndex.class)
        .filter(Change.CreateIndex::unique)
        .flatMap(
            c ->
                scene.table(c.table()).stream()
                    .filter(t -> t.rows() != 0)
                    .map(
                        t ->
                            Hazards.UNIQUE_ON_EXISTING.found(
                                "unique index "
                                    + c.name()
                                    + " fails where rows of "
                                    + Figures.of(t)
                                    + " are alike in "
                                    + String.join(", ", c.columns()))));
  }
}
