package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;

/** A table as it is, or as the migration creates it. */
final class TableShape {
  private TableShape() {}

  static Optional<Table> of(Ground ground, TableName name) {
    return ground
        .observation()
        .table(name)
        .or(() -> ground.outline().creation(name).map(c -> created(ground, name, c)));
  }

  private static Table created(Ground ground, TableName name, Change.CreateTable change) {
    List<RowKey.KeyColumn> key =
        change.columns().stream()
            .filter(Column::primaryKey)
            .map(c -> new RowKey.KeyColumn(c.name(), TypeSpelling.stored(c.type())))
            .toList();
    return new Table(
        name,
        ground.observation().server().user(),
        true,
        true,
        false,
        0,
        0,
        new RowKey(key),
        change.columns().stream().map(TableShape::column).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        Optional.empty());
  }

  private static TableColumn column(Column column) {
    return new TableColumn(
        column.name(),
        TypeSpelling.stored(column.type()),
        column.nullable(),
        column.defaultValue(),
        false,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false);
  }
}
