package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** NULL where it was allowed so far. */
final class NullsRefused implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream().flatMap(c -> of(scene, c));
  }

  private static Stream<Hazard> of(Scene scene, Scene.Located located) {
    if (located.change() instanceof Change.AlterColumn alter) {
      boolean tightens =
          alter.nullable().equals(Optional.of(false))
              && alter.up().isEmpty()
              && scene
                  .column(alter.table(), alter.column())
                  .filter(TableColumn::nullable)
                  .isPresent();
      return tightens
          ? Stream.of(
              Hazards.NULLS_REFUSED.found(
                  "writes of NULL to column "
                      + alter.column()
                      + " of "
                      + alter.table()
                      + " are refused from expand on"))
          : Stream.empty();
    }
    if (located.change() instanceof Change.AddColumn add
        && !add.column().nullable()
        && add.up().filter(u -> !u.toLowerCase(Locale.ROOT).contains("coalesce")).isPresent()) {
      return nullableInputs(scene, located.path() + ".up", add.table());
    }
    return Stream.empty();
  }

  private static Stream<Hazard> nullableInputs(Scene scene, String id, String table) {
    List<String> inputs =
        scene.observation().expression(id).stream()
            .flatMap(j -> j.columns().stream())
            .filter(c -> scene.column(table, c).filter(TableColumn::nullable).isPresent())
            .toList();
    return inputs.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Hazards.NULLS_REFUSED.found(
                id
                    + " uses "
                    + String.join(", ", inputs)
                    + ", which may be NULL: the run fails at verify where it gives NULL, and such"
                    + " writes are refused later"));
  }
}
