package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Change.AddColumn;
import dev.lockstep.definitions.model.Change.AlterColumn;
import dev.lockstep.definitions.model.Change.DropColumn;
import dev.lockstep.definitions.model.Change.RenameColumn;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;

/** The fields of the changes to columns. */
final class ColumnChangeTable {
  private ColumnChangeTable() {}

  static Shape<AddColumn> addColumn() {
    ObjectShape.Builder<AddColumn> of = ObjectShape.of("AddColumn", "A new column.");
    Field<AddColumn, String> table = of.required("table", Texts.table(), AddColumn::table);
    Field<AddColumn, Column> column = of.required("column", ColumnTable.added(), AddColumn::column);
    Field<AddColumn, String> up =
        of.optional(
            "up",
            Texts.sql("Its value from the other columns of the row; evaluated once a row."),
            AddColumn::up);
    Field<AddColumn, Lookup> lookup =
        of.optional("lookup", LookupTable.ofColumn(), AddColumn::lookup);
    return of.made(
        in -> new AddColumn(in.the(table), in.the(column), in.maybe(up), in.maybe(lookup)));
  }

  static Shape<DropColumn> dropColumn() {
    ObjectShape.Builder<DropColumn> of = ObjectShape.of("DropColumn", "A column that goes.");
    Field<DropColumn, String> table = of.required("table", Texts.table(), DropColumn::table);
    Field<DropColumn, String> column =
        of.required("column", Texts.column("The column that goes."), DropColumn::column);
    Field<DropColumn, String> down =
        of.optional(
            "down",
            Texts.sql("Its value from the columns that stay, for as long as old clients read it."),
            DropColumn::down);
    return of.made(in -> new DropColumn(in.the(table), in.the(column), in.maybe(down)));
  }

  static Shape<RenameColumn> renameColumn() {
    ObjectShape.Builder<RenameColumn> of =
        ObjectShape.of(
            "RenameColumn", "A column under a new name; both names work until contract.");
    Field<RenameColumn, String> table = of.required("table", Texts.table(), RenameColumn::table);
    Field<RenameColumn, String> from =
        of.required("from", Texts.column("The old name."), RenameColumn::from);
    Field<RenameColumn, String> to =
        of.required("to", Texts.column("The new name."), RenameColumn::to);
    return of.made(in -> new RenameColumn(in.the(table), in.the(from), in.the(to)));
  }

  static Shape<AlterColumn> alterColumn() {
    ObjectShape.Builder<AlterColumn> of =
        ObjectShape.of("AlterColumn", "A column with another type or nullability.");
    Field<AlterColumn, String> table = of.required("table", Texts.table(), AlterColumn::table);
    Field<AlterColumn, String> column =
        of.required("column", Texts.column("The column; it keeps its name."), AlterColumn::column);
    Field<AlterColumn, String> type = of.optional("type", Texts.type(), AlterColumn::type);
    Field<AlterColumn, Boolean> nullable =
        of.optional(
            "nullable",
            new FlagShape().described("Whether NULL is allowed from now on."),
            AlterColumn::nullable);
    Field<AlterColumn, String> up =
        of.optional(
            "up",
            Texts.sql("The new value from the old row; left out: a cast to the new type."),
            AlterColumn::up);
    Field<AlterColumn, String> down =
        of.optional(
            "down",
            Texts.sql("The old value from the new one; left out: a cast to the old type."),
            AlterColumn::down);
    return of.made(
        in ->
            new AlterColumn(
                in.the(table),
                in.the(column),
                in.maybe(type),
                in.maybe(nullable),
                in.maybe(up),
                in.maybe(down)));
  }
}
