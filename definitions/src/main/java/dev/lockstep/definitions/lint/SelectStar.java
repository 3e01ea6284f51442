package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Clients that take whatever columns there are. */
final class SelectStar implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    Stream<String> tables =
        Stream.concat(
            scene.every(Change.AddColumn.class).map(Change.AddColumn::table),
            Stream.concat(
                scene.every(Change.RenameColumn.class).map(Change.RenameColumn::table),
                scene.every(Change.DropColumn.class).map(Change.DropColumn::table)));
    boolean changes = scene.steps().stream().anyMatch(s -> s.phase() != Phase.PREPARE);
    return tables
        .filter(t -> changes)
        .distinct()
        .map(t -> Hazards.SELECT_STAR.found("SELECT * of table " + t + " gets other columns"));
  }
}
