package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** A function or rule whose columns the catalogue does not record. */
final class DependentUnknown implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    Stream<String> tables =
        Stream.of(
                scene.every(Change.DropColumn.class).map(Change.DropColumn::table),
                scene.every(Change.RenameColumn.class).map(Change.RenameColumn::table),
                scene.every(Change.AlterColumn.class).map(Change.AlterColumn::table))
            .flatMap(s -> s);
    return tables
        .distinct()
        .flatMap(name -> scene.table(name).stream())
        .flatMap(
            t ->
                t.dependents().stream()
                    .filter(d -> d.columns().isEmpty())
                    .map(
                        d ->
                            Hazards.DEPENDENT_UNKNOWN.found(
                                d.description() + " uses table " + t.name() + " in some way")));
  }
}
