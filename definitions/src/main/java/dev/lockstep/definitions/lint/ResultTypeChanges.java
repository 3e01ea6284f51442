package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
import java.util.stream.Stream;

/**
 * Prepared statements keep the types of their results: the next use fails with "cached plan must
 * not change result type".
 */
final class ResultTypeChanges implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.every(Change.AlterColumn.class).flatMap(c -> of(scene, c));
  }

  private static Stream<Hazard> of(Scene scene, Change.AlterColumn change) {
    return change
        .type()
        .flatMap(
            type ->
                scene
                    .column(change.table(), change.column())
                    .map(TableColumn::type)
                    .filter(old -> !TypeSpelling.same(old, type))
                    .map(
                        old ->
                            Hazards.RESULT_TYPE_CHANGES.found(
                                "column "
                                    + change.column()
                                    + " of "
                                    + change.table()
                                    + " turns from "
                                    + old
                                    + " into "
                                    + type
                                    + " under the statements that clients have prepared")))
        .stream();
  }
}
