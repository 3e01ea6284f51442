package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.Change;
import java.util.List;

/** The things of the database that a change makes, takes away or alters. */
record Touches(PlacedChange placed) implements Change.Visitor<List<Touch>> {
  @Override
  public List<Touch> addColumn(Change.AddColumn change) {
    return List.of(column("column.name", change.table(), change.column().name(), "added"));
  }

  @Override
  public List<Touch> dropColumn(Change.DropColumn change) {
    return List.of(column("column", change.table(), change.column(), "dropped"));
  }

  @Override
  public List<Touch> renameColumn(Change.RenameColumn change) {
    return List.of(
        column("from", change.table(), change.from(), "renamed"),
        column("to", change.table(), change.to(), "made by renaming"));
  }

  @Override
  public List<Touch> alterColumn(Change.AlterColumn change) {
    return List.of(column("column", change.table(), change.column(), "altered"));
  }

  @Override
  public List<Touch> createIndex(Change.CreateIndex change) {
    return List.of(index(change.table(), change.name(), "created"));
  }

  @Override
  public List<Touch> dropIndex(Change.DropIndex change) {
    return List.of(index(change.table(), change.name(), "dropped"));
  }

  @Override
  public List<Touch> createTable(Change.CreateTable change) {
    return List.of(table(change.table(), "created"));
  }

  @Override
  public List<Touch> dropTable(Change.DropTable change) {
    return List.of(table(change.table(), "dropped"));
  }

  @Override
  public List<Touch> addConstraint(Change.AddConstraint change) {
    String thing = "constraint " + change.name() + " of " + Names.withSchema(change.table());
    return List.of(new Touch(placed.field("name"), thing, "added"));
  }

  @Override
  public List<Touch> sql(Change.Sql change) {
    return List.of();
  }

  private Touch column(String field, String table, String column, String verb) {
    return new Touch(placed.field(field), columnOf(table, column), verb);
  }

  static String columnOf(String table, String column) {
    return "column " + Names.withSchema(table) + "." + column;
  }

  /** Indexes live in the schema of their table, beside the tables. */
  private Touch index(String table, String name, String verb) {
    return new Touch(placed.field("name"), "relation " + Names.schemaOf(table) + "." + name, verb);
  }

  private Touch table(String table, String verb) {
    return new Touch(placed.field("table"), "relation " + Names.withSchema(table), verb);
  }
}
