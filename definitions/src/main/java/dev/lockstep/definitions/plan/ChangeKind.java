package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;

/** The key of a change in a definition. */
final class ChangeKind implements Change.Visitor<String> {
  @Override
  public String addColumn(Change.AddColumn change) {
    return "addColumn";
  }

  @Override
  public String dropColumn(Change.DropColumn change) {
    return "dropColumn";
  }

  @Override
  public String renameColumn(Change.RenameColumn change) {
    return "renameColumn";
  }

  @Override
  public String alterColumn(Change.AlterColumn change) {
    return "alterColumn";
  }

  @Override
  public String createIndex(Change.CreateIndex change) {
    return "createIndex";
  }

  @Override
  public String dropIndex(Change.DropIndex change) {
    return "dropIndex";
  }

  @Override
  public String createTable(Change.CreateTable change) {
    return "createTable";
  }

  @Override
  public String dropTable(Change.DropTable change) {
    return "dropTable";
  }

  @Override
  public String addConstraint(Change.AddConstraint change) {
    return "addConstraint";
  }

  @Override
  public String sql(Change.Sql change) {
    return "sql";
  }
}
