package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.function.Supplier;
import liquibase.change.AddColumnConfig;
import liquibase.change.ColumnConfig;
import liquibase.change.ConstraintsConfig;
import liquibase.change.core.AddColumnChange;
import liquibase.change.core.CreateTableChange;
import liquibase.change.core.DropTableChange;
import liquibase.change.core.RenameTableChange;
import liquibase.statement.DatabaseFunction;

/** Tables and their columns coming and going, as Liquibase's changes. */
final class TableChanges {
  private TableChanges() {}

  static CreateTableChange create(TableName table, List<Column> columns) {
    CreateTableChange change = new CreateTableChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    columns.forEach(column -> change.addColumn(config(column, ColumnConfig::new)));
    return change;
  }

  static DropTableChange drop(TableName table) {
    DropTableChange change = new DropTableChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setCascadeConstraints(false);
    return change;
  }

  static RenameTableChange rename(TableName table, String to) {
    RenameTableChange change = new RenameTableChange();
    change.setSchemaName(table.schema());
    change.setOldTableName(table.name());
    change.setNewTableName(to);
    return change;
  }

  static AddColumnChange addColumn(TableName table, Column column) {
    AddColumnChange change = new AddColumnChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.addColumn(config(column, AddColumnConfig::new));
    return change;
  }

  private static <C extends ColumnConfig> C config(Column column, Supplier<C> empty) {
    C config = empty.get();
    config.setName(column.name(), false);
    config.setType(VerbatimType.describe(column.type()));
    column.defaultValue().map(DatabaseFunction::new).ifPresent(config::setDefaultValueComputed);
    ConstraintsConfig constraints = new ConstraintsConfig();
    constraints.setNullable(column.nullable() && !column.primaryKey());
    constraints.setPrimaryKey(column.primaryKey());
    config.setConstraints(constraints);
    return config;
  }
}
