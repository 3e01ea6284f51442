package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Columns that get a type by a migration. */
final class NewColumns {
  private NewColumns() {}

  /** A column and the type that it gets. */
  record Typed(String table, String column, String type) {
    @Override
    public String toString() {
      return "column " + column + " of " + table + " is " + type;
    }
  }

  static Stream<Typed> of(Scene scene) {
    Stream<Typed> added =
        scene
            .every(Change.AddColumn.class)
            .map(c -> new Typed(c.table(), c.column().name(), c.column().type()));
    Stream<Typed> created =
        scene
            .every(Change.CreateTable.class)
            .flatMap(
                c ->
                    c.columns().stream()
                        .map(column -> new Typed(c.table(), column.name(), column.type())));
    Stream<Typed> altered =
        scene
            .every(Change.AlterColumn.class)
            .flatMap(c -> c.type().map(t -> new Typed(c.table(), c.column(), t)).stream());
    return Stream.of(added, created, altered).flatMap(s -> s);
  }
}
