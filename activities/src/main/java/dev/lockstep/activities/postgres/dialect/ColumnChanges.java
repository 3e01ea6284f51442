package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.definitions.plan.TableName;
import liquibase.change.core.AddDefaultValueChange;
import liquibase.change.core.AddNotNullConstraintChange;
import liquibase.change.core.DropColumnChange;
import liquibase.change.core.DropDefaultValueChange;
import liquibase.change.core.DropNotNullConstraintChange;
import liquibase.change.core.ModifyDataTypeChange;
import liquibase.change.core.RenameColumnChange;
import liquibase.change.core.SetColumnRemarksChange;
import liquibase.statement.DatabaseFunction;

/** Changes of one column, as Liquibase's changes. */
final class ColumnChanges {
  private ColumnChanges() {}

  static DropColumnChange drop(TableName table, String column) {
    DropColumnChange change = new DropColumnChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    return change;
  }

  static RenameColumnChange rename(TableName table, String from, String to) {
    RenameColumnChange change = new RenameColumnChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setOldColumnName(from);
    change.setNewColumnName(to);
    return change;
  }

  static ModifyDataTypeChange changeType(TableName table, String column, String type) {
    ModifyDataTypeChange change = new ModifyDataTypeChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    change.setNewDataType(VerbatimType.describe(type));
    return change;
  }

  static AddDefaultValueChange setDefault(TableName table, String column, String expression) {
    AddDefaultValueChange change = new AddDefaultValueChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    change.setDefaultValueComputed(new DatabaseFunction(expression));
    return change;
  }

  static DropDefaultValueChange dropDefault(TableName table, String column) {
    DropDefaultValueChange change = new DropDefaultValueChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    return change;
  }

  static AddNotNullConstraintChange setNotNull(TableName table, String column) {
    AddNotNullConstraintChange change = new AddNotNullConstraintChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    return change;
  }

  static DropNotNullConstraintChange dropNotNull(TableName table, String column) {
    DropNotNullConstraintChange change = new DropNotNullConstraintChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    return change;
  }

  static SetColumnRemarksChange comment(TableName table, String column, String text) {
    SetColumnRemarksChange change = new SetColumnRemarksChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setColumnName(column);
    change.setRemarks(text);
    return change;
  }
}
