package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The changes of a migration, from its {@code changes} and its {@code steps}.
 *
 * @param ordered whether the author gave the order
 */
record Outline(List<PlacedChange> changes, boolean ordered) {
  Outline {
    changes = List.copyOf(changes);
  }

  static Outline of(Migration migration) {
    return new Outline(PlacedChange.of(migration), !migration.steps().isEmpty());
  }

  /** The changes of one table, in order. */
  List<PlacedChange> of(TableName table) {
    return changes.stream()
        .filter(c -> c.change().accept(new TableOf()).equals(Optional.of(table)))
        .toList();
  }

  /** The changes of one kind, in order. */
  <C extends Change> Stream<C> every(Class<C> kind) {
    return changes.stream().map(PlacedChange::change).filter(kind::isInstance).map(kind::cast);
  }

  /** The change that makes the table, where the migration makes it. */
  Optional<Change.CreateTable> creation(TableName table) {
    return every(Change.CreateTable.class)
        .filter(c -> TableName.parse(c.table()).equals(table))
        .findFirst();
  }

  /** The place of the change that makes the table, where the migration makes it. */
  Optional<Integer> placeOfCreation(TableName table) {
    return of(table).stream()
        .filter(c -> c.change() instanceof Change.CreateTable)
        .map(PlacedChange::place)
        .findFirst();
  }

  /** Whether the migration drops the table. */
  boolean drops(TableName table) {
    return every(Change.DropTable.class).anyMatch(c -> TableName.parse(c.table()).equals(table));
  }

  /** Whether the migration drops the index of the table. */
  boolean dropsIndex(TableName table, String index) {
    return every(Change.DropIndex.class)
        .anyMatch(c -> TableName.parse(c.table()).equals(table) && c.name().equals(index));
  }
}
