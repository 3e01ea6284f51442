package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.KindNames;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Change.CreateIndex;
import dev.lockstep.definitions.model.Change.CreateTable;
import dev.lockstep.definitions.model.Change.DropIndex;
import dev.lockstep.definitions.model.Change.DropTable;
import dev.lockstep.definitions.model.Change.Sql;
import dev.lockstep.definitions.model.Change.SqlPhase;
import dev.lockstep.definitions.model.Column;
import java.util.List;

/** Every kind of change, and the fields of those that are not about columns. */
final class ChangeTable {
  private ChangeTable() {}

  static ChoiceShape<Change> change() {
    return new ChoiceShape<Change>("change", KindNames::of)
        .with("addColumn", ColumnChangeTable.addColumn(), Change.AddColumn.class)
        .with("dropColumn", ColumnChangeTable.dropColumn(), Change.DropColumn.class)
        .with("renameColumn", ColumnChangeTable.renameColumn(), Change.RenameColumn.class)
        .with("alterColumn", ColumnChangeTable.alterColumn(), Change.AlterColumn.class)
        .with("createIndex", createIndex(), CreateIndex.class)
        .with("dropIndex", dropIndex(), DropIndex.class)
        .with("createTable", createTable(), CreateTable.class)
        .with("dropTable", dropTable(), DropTable.class)
        .with("addConstraint", ConstraintTable.addConstraint(), Change.AddConstraint.class)
        .with("sql", sql(), Sql.class);
  }

  private static Shape<CreateIndex> createIndex() {
    ObjectShape.Builder<CreateIndex> of =
        ObjectShape.of("CreateIndex", "An index, built without blocking writes.");
    Field<CreateIndex, String> table = of.required("table", Texts.table(), CreateIndex::table);
    Field<CreateIndex, String> name = of.required("name", indexName(), CreateIndex::name);
    Field<CreateIndex, List<String>> columns =
        of.required(
            "columns",
            Texts.columns("Column names or, in parentheses, expressions; in order."),
            CreateIndex::columns);
    Field<CreateIndex, Boolean> unique =
        of.defaulting(
            "unique",
            new FlagShape().described("Whether no two rows may be equal in it."),
            false,
            CreateIndex::unique);
    Field<CreateIndex, String> method =
        of.optional(
            "method",
            TextShape.of("an access method, such as btree, gin or brin")
                .described("Access method, such as gin or brin; left out: btree."),
            CreateIndex::method);
    Field<CreateIndex, String> where =
        of.optional("where", Texts.sql("Predicate of a partial index."), CreateIndex::where);
    return of.made(
        in ->
            new CreateIndex(
                in.the(table),
                in.the(name),
                in.the(columns),
                in.the(unique),
                in.maybe(method),
                in.maybe(where)));
  }

  private static Shape<DropIndex> dropIndex() {
    ObjectShape.Builder<DropIndex> of = ObjectShape.of("DropIndex", "An index that goes.");
    Field<DropIndex, String> table = of.required("table", Texts.table(), DropIndex::table);
    Field<DropIndex, String> name = of.required("name", indexName(), DropIndex::name);
    return of.made(in -> new DropIndex(in.the(table), in.the(name)));
  }

  private static Shape<String> indexName() {
    return TextShape.of("the name of the index").described("Its name, without the schema.");
  }

  private static Shape<CreateTable> createTable() {
    ObjectShape.Builder<CreateTable> of = ObjectShape.of("CreateTable", "A new table.");
    Field<CreateTable, String> table = of.required("table", Texts.table(), CreateTable::table);
    Field<CreateTable, List<Column>> columns =
        of.required(
            "columns",
            new ListShape<>(ColumnTable.ofNewTable(), "a list of columns", 1)
                .described("Its columns, in order."),
            CreateTable::columns);
    return of.made(in -> new CreateTable(in.the(table), in.the(columns)));
  }

  private static Shape<DropTable> dropTable() {
    ObjectShape.Builder<DropTable> of =
        ObjectShape.of("DropTable", "A table that goes: hidden at contract, dropped at finish.");
    Field<DropTable, String> table = of.required("table", Texts.table(), DropTable::table);
    return of.made(in -> new DropTable(in.the(table)));
  }

  private static Shape<Sql> sql() {
    ObjectShape.Builder<Sql> of =
        ObjectShape.of("Sql", "The author's own statements, run in one transaction.");
    Field<Sql, String> up = of.required("up", Texts.sql("What is done."), Sql::up);
    Field<Sql, String> down = of.required("down", Texts.sql("What undoes it."), Sql::down);
    Field<Sql, SqlPhase> during =
        of.defaulting(
            "during",
            WordShape.of(SqlPhase.class).described("The phase in which it runs."),
            SqlPhase.EXPAND,
            Sql::during);
    return of.made(in -> new Sql(in.the(up), in.the(down), in.the(during)));
  }
}
