package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
      Ground ground,
      PlacedChange placed,
      Change.AlterColumn change,
      Observation.TableColumn column) {
    Optional<String> type =
        change
            .type()
            .map(t -> ground.type(placed.path() + ".type", t))
            .filter(t -> !TypeSpelling.same(t, column.type()));
    Optional<Boolean> nullable = change.nullable().filter(n -> n != column.nullable());
    boolean computed = change.up().isPresent() || change.down().isPresent();
    boolean widen =
        type.filter(t -> ground.dialect().widens(column.type(), t)).isPresent()
            && !examined(ground, TableName.parse(change.table()), column.name())
            && !indexedInPartitions(ground, TableName.parse(change.table()), column.name());
    if (computed || (type.isPresent() && !widen)) {
      return new Alteration(true, false, Optional.empty());
    }
    return new Alteration(false, widen, nullable);
  }

  /**
   * Whether a change of the column's type, however small, makes the server read the table under its
   * lock: it proves every check of the column again, and builds every index anew that has an
   * expression or a predicate over it.
   */
  private static boolean examined(Ground ground, TableName name, String column) {
    boolean there =
        ground.observation().table(name).stream()
            .anyMatch(
                t ->
                    t.constraints().stream()
                            .filter(c -> c.kind() == Kind.CHECK)
                            .anyMatch(c -> c.columns().contains(column))
                        || t.indexes().stream()
                            .filter(i -> !i.plain())
                            .anyMatch(i -> i.columns().contains(column)));
    return there
        || ground.outline().of(name).stream()
            .flatMap(Alteration::conditions)
            .flatMap(id -> ground.judged(id).stream())
            .anyMatch(j -> j.columns().contains(column));
  }

  /** Of a partitioned table, the server builds every index of the column anew under its lock. */
  private static boolean indexedInPartitions(Ground ground, TableName name, String column) {
    return ground
        .observation()
        .table(name)
        .filter(t -> t.partitions().isPresent())
        .filter(
            t ->
                t.indexes().stream().anyMatch(i -> i.columns().contains(column))
                    || ground.outline().of(name).stream().anyMatch(p -> indexes(p, column)))
        .isPresent();
  }

  private static boolean indexes(PlacedChange placed, String column) {
    return placed.change() instanceof Change.CreateIndex index && index.columns().contains(column);
  }

  /** The checks, index expressions and predicates that the migration itself adds. */
  private static Stream<String> conditions(PlacedChange placed) {
    if (placed.change() instanceof Change.AddConstraint add
        && add.constraint() instanceof Constraint.Check) {
      return Stream.of(placed.path() + ".check");
    }
    if (placed.change() instanceof Change.CreateIndex index) {
      return Stream.concat(
          Stream.of(placed.path() + ".where"),
          IntStream.range(0, index.columns().size())
              .mapToObj(i -> placed.path() + ".columns[" + i + "]"));
    }
    return Stream.empty();
  }
}
