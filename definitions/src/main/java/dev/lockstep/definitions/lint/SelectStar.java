package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TableName;
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
    Stream<String> altered =
        scene
            .every(Change.AlterColumn.class)
            .map(Change.AlterColumn::table)
            .filter(t -> addsColumns(scene, t));
    boolean changes = scene.steps().stream().anyMatch(s -> s.phase() != Phase.PREPARE);
    return Stream.concat(tables, altered)
        .filter(t -> changes)
        .map(TableName::parse)
        .distinct()
        .map(t -> Hazards.SELECT_STAR.found("SELECT * of table " + t + " gets other columns"));
  }

  /** Another type may come as a second column, another nullability does not. */
  private static boolean addsColumns(Scene scene, String table) {
    return scene.steps().stream()
        .filter(s -> s.phase() == Phase.EXPAND)
        .anyMatch(s -> s.id().endsWith("/" + TableName.parse(table) + "-columns"));
  }
}
