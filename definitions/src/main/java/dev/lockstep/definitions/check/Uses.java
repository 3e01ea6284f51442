package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns and tables that a change needs as they are, by the names that {@link Touch} uses. */
record Uses(PlacedChange placed) implements Change.Visitor<List<Touch>> {
  private static final String VERB = "used";

  @Override
  public List<Touch> addColumn(Change.AddColumn change) {
    List<Touch> uses = new ArrayList<>(inside(change.table()));
    change.lookup().ifPresent(lookup -> uses.addAll(ofLookup(change.table(), lookup)));
    return uses;
  }

  @Override
  public List<Touch> dropColumn(Change.DropColumn change) {
    return inside(change.table());
  }

  @Override
  public List<Touch> renameColumn(Change.RenameColumn change) {
    return inside(change.table());
  }

  @Override
  public List<Touch> alterColumn(Change.AlterColumn change) {
    return inside(change.table());
  }

  @Override
  public List<Touch> createIndex(Change.CreateIndex change) {
    return columns("columns", change.table(), change.columns());
  }

  @Override
  public List<Touch> dropIndex(Change.DropIndex change) {
    return List.of(table("table", change.table()));
  }

  @Override
  public List<Touch> createTable(Change.CreateTable change) {
    return List.of();
  }

  @Override
  public List<Touch> dropTable(Change.DropTable change) {
    return List.of();
  }

  @Override
  public List<Touch> addConstraint(Change.AddConstraint change) {
    List<Touch> uses = new ArrayList<>(List.of(table("table", change.table())));
    change.constraint().accept(new KeyOf()).ifPresent(key -> uses.addAll(ofKey(change, key)));
    return uses;
  }

  @Override
  public List<Touch> sql(Change.Sql change) {
    return List.of();
  }

  private List<Touch> ofLookup(String table, Lookup lookup) {
    List<Touch> uses = new ArrayList<>(List.of(table("lookup.from", lookup.from())));
    lookup
        .match()
        .forEach(
            (own, other) -> {
              String path = placed.field("lookup.match." + own);
              uses.add(new Touch(path, Touches.columnOf(table, own), VERB));
              uses.add(new Touch(path, Touches.columnOf(lookup.from(), other), VERB));
            });
    return uses;
  }

  private List<Touch> ofKey(Change.AddConstraint change, Constraint.ForeignKey key) {
    List<Touch> uses = new ArrayList<>();
    uses.addAll(columns("foreignKey.columns", change.table(), key.columns()));
    uses.addAll(
        columns("foreignKey.references.columns", key.referencedTable(), key.referencedColumns()));
    return uses;
  }

  private List<Touch> columns(String field, String table, List<String> columns) {
    List<Touch> uses = new ArrayList<>(List.of(table("table", table)));
    for (int index = 0; index < columns.size(); index++) {
      String thing = Touches.columnOf(table, columns.get(index));
      uses.add(new Touch(placed.field(field + "[" + index + "]"), thing, VERB));
    }
    return uses;
  }

  /** Changes of columns need a table that is neither new nor dropped. */
  private List<Touch> inside(String table) {
    return List.of(
        new Touch(placed.field("table"), "relation " + Names.withSchema(table), "changed"));
  }

  private Touch table(String field, String table) {
    return new Touch(placed.field(field), "relation " + Names.withSchema(table), VERB);
  }

  private static final class KeyOf implements Constraint.Visitor<Optional<Constraint.ForeignKey>> {
    @Override
    public Optional<Constraint.ForeignKey> check(Constraint.Check check) {
      return Optional.empty();
    }

    @Override
    public Optional<Constraint.ForeignKey> foreignKey(Constraint.ForeignKey key) {
      return Optional.of(key);
    }
  }
}
