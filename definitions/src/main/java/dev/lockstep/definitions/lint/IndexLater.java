package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.Optional;
import java.util.stream.Stream;

/** Readers of a new name before its indexes are built. */
final class IndexLater implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    boolean early =
        scene.migration().rollouts().stream()
            .anyMatch(r -> r.after().equals(Optional.of(Rollout.After.EXPAND)));
    return scene
        .every(Change.RenameColumn.class)
        .filter(c -> early)
        .flatMap(
            c ->
                scene.table(c.table()).stream()
                    .filter(t -> t.indexes().stream().anyMatch(i -> i.columns().contains(c.from())))
                    .map(
                        t ->
                            Hazards.INDEX_LATER.found(
                                "clients that start after expand find no index over "
                                    + c.to()
                                    + " of "
                                    + Figures.of(t)
                                    + " until its backfill is done")));
  }
}
