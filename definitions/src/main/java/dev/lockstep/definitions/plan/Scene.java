package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule for hazards looks at.
 *
 * @param changes of {@code changes} and {@code steps}
 * @param steps the plan's
 */
public record Scene(
    Migration migration, Observation observation, List<Located> changes, List<PlannedStep> steps) {
  public Scene {
    changes = List.copyOf(changes);
    steps = List.copyOf(steps);
  }

  /**
   * A change.
   *
   * @param path such as {@code spec.changes[0].addColumn}
   */
  public record Located(String path, Change change) {}

  /** The changes of one kind. */
  public <C extends Change> Stream<C> every(Class<C> kind) {
    return changes.stream().map(Located::change).filter(kind::isInstance).map(kind::cast);
  }

  /** The actions of one kind. */
  public <A extends Action> Stream<A> actions(Class<A> kind) {
    return steps.stream().map(PlannedStep::action).filter(kind::isInstance).map(kind::cast);
  }

  /** The table, where it exists. */
  public Optional<Observation.Table> table(String name) {
    return observation.table(TableName.parse(name));
  }

  /** The column, where it exists. */
  public Optional<Observation.TableColumn> column(String table, String column) {
    return table(table).flatMap(t -> t.column(column));
  }
}
