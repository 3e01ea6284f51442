package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Questions.Given;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Columns that the new row of a table has besides, or with another type than, those of now. */
final class GivenColumns {
  private GivenColumns() {}

  /** Of every change of the table. */
  static List<Given> all(Outline outline, TableName table) {
    return Stream.concat(added(outline, table).stream(), altered(outline, table)).toList();
  }

  /** Those under names that the old row does not have. */
  static List<Given> added(Outline outline, TableName table) {
    Stream<Given> created =
        outline.creation(table).stream()
            .flatMap(c -> c.columns().stream())
            .map(c -> given(c.name(), c.type()));
    return Stream.concat(
            created,
            outline.of(table).stream().flatMap(c -> c.change().accept(new Added()).stream()))
        .toList();
  }

  /** The type of a column that the migration adds under a type. */
  static Optional<String> typeOf(Outline outline, TableName table, String column) {
    return added(outline, table).stream()
        .filter(g -> g.name().equals(column))
        .findFirst()
        .flatMap(Given::type);
  }

  private static Stream<Given> altered(Outline outline, TableName table) {
    return outline.of(table).stream()
        .map(PlacedChange::change)
        .filter(Change.AlterColumn.class::isInstance)
        .map(Change.AlterColumn.class::cast)
        .flatMap(c -> c.type().map(t -> given(c.column(), t)).stream());
  }

  private static Given given(String name, String type) {
    return new Given(name, Optional.of(TypeSpelling.stored(type)), Optional.empty());
  }

  private static final class Added extends OneKind<Optional<Given>> {
    @Override
    Optional<Given> otherwise() {
      return Optional.empty();
    }

    @Override
    public Optional<Given> addColumn(Change.AddColumn change) {
      return Optional.of(given(change.column().name(), change.column().type()));
    }

    @Override
    public Optional<Given> renameColumn(Change.RenameColumn change) {
      return Optional.of(new Given(change.to(), Optional.empty(), Optional.of(change.from())));
    }
  }
}
