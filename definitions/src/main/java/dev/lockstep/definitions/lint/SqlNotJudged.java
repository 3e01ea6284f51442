package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** The user's own statements. */
final class SqlNotJudged implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream()
        .filter(c -> c.change() instanceof Change.Sql)
        .map(
            c ->
                Hazards.SQL_NOT_JUDGED.found(
                    c.path() + ": Lockstep knows neither its locks nor its cost"));
  }
}
