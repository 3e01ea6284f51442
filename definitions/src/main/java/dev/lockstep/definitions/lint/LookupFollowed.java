package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** What a client pays who changes a row that others follow. */
final class LookupFollowed implements Rule {
  /** About half a second on a small server: 46 microseconds a row were measured. */
  private static final long MANY = 10_000;

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.AddColumn.class)
        .flatMap(
            change ->
                change.lookup().filter(Lookup::follow).stream()
                    .flatMap(lookup -> of(scene, change, lookup)));
  }

  private static Stream<Hazard> of(Scene scene, Change.AddColumn change, Lookup lookup) {
    return scene.table(change.table()).stream()
        .map(
            table -> {
              long most = most(scene, table, lookup);
              Hazards hazard = most >= MANY ? Hazards.LOOKUP_FAN_OUT : Hazards.LOOKUP_FOLLOWED;
              return hazard.found(
                  "an UPDATE that changes "
                      + lookup.value()
                      + " in a row of "
                      + lookup.from()
                      + " writes the rows of "
                      + table.name()
                      + " that follow it, in the client's own transaction; by the statistics up to "
                      + Figures.rows(most));
            });
  }

  /** Rows with the most frequent match; where no statistics say it, those of the average row. */
  private static long most(Scene scene, Table table, Lookup lookup) {
    double share =
        lookup.match().keySet().stream()
            .flatMap(c -> table.column(c).stream())
            .mapToDouble(c -> c.commonest() > 0 ? c.commonest() : 1)
            .min()
            .orElse(1);
    long others = scene.table(lookup.from()).map(Table::rows).orElse(1L);
    double average = 1.0 / Math.max(1, others);
    return Math.max(1, Math.round(table.rows() * (share < 1 ? share : average)));
  }
}
