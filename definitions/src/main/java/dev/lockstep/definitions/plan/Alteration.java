package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import java.util.Optional;

/**
 * How a column gets another type or nullability.
 *
 * @param shadow by a second column that takes its name at contract
 * @param widen by a change of the catalogue alone
 * @param nullable the new nullability where it changes without a second column
 */
record Alteration(boolean shadow, boolean widen, Optional<Boolean> nullable) {
  /**
   * The cheapest way. An expression of the author needs a second column: the values of old and new
   * differ.
   */
  static Alteration of(
      Change.AlterColumn change, Observation.TableColumn column, SqlDialect dialect) {
    Optional<String> type = change.type().filter(t -> !TypeSpelling.same(t, column.type()));
    Optional<Boolean> nullable = change.nullable().filter(n -> n != column.nullable());
    boolean computed = change.up().isPresent() || change.down().isPresent();
    boolean widen = type.filter(t -> dialect.widens(column.type(), t)).isPresent();
    if (computed || (type.isPresent() && !widen)) {
      return new Alteration(true, false, Optional.empty());
    }
    return new Alteration(false, widen, nullable);
  }
}
