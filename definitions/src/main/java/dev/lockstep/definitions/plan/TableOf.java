package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import java.util.Optional;

/** The table that a change is about. */
final class TableOf implements Change.Visitor<Optional<TableName>> {
  @Override
  public Optional<TableName> addColumn(Change.AddColumn change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> dropColumn(Change.DropColumn change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> renameColumn(Change.RenameColumn change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> alterColumn(Change.AlterColumn change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> createIndex(Change.CreateIndex change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> dropIndex(Change.DropIndex change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> createTable(Change.CreateTable change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> dropTable(Change.DropTable change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> addConstraint(Change.AddConstraint change) {
    return named(change.table());
  }

  @Override
  public Optional<TableName> sql(Change.Sql change) {
    return Optional.empty();
  }

  private static Optional<TableName> named(String table) {
    return Optional.of(TableName.parse(table));
  }
}
