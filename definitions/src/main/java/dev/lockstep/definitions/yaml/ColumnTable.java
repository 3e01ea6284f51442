package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Column;

/** The fields of a column to create. */
final class ColumnTable {
  private ColumnTable() {}

  /** A column that is added to a table. */
  static Shape<Column> added() {
    return shape("Column", false);
  }

  /** A column of a new table, which may belong to the primary key. */
  static Shape<Column> ofNewTable() {
    return shape("TableColumn", true);
  }

  private static Shape<Column> shape(String title, boolean withKey) {
    ObjectShape.Builder<Column> of = ObjectShape.of(title, "A column to create.");
    Field<Column, String> name = of.required("name", Texts.column("Its name."), Column::name);
    Field<Column, String> type = of.required("type", Texts.type(), Column::type);
    Field<Column, Boolean> nullable =
        of.defaulting(
            "nullable",
            new FlagShape().described("Whether NULL is allowed."),
            true,
            Column::nullable);
    Field<Column, String> standard =
        of.optional(
            "default",
            Texts.sql("An SQL expression, without the word DEFAULT."),
            Column::defaultValue);
    if (!withKey) {
      return of.made(
          in ->
              new Column(in.the(name), in.the(type), in.the(nullable), in.maybe(standard), false));
    }
    Field<Column, Boolean> key =
        of.defaulting(
            "primaryKey",
            new FlagShape().described("Whether it belongs to the primary key."),
            false,
            Column::primaryKey);
    return of.made(
        in ->
            new Column(
                in.the(name), in.the(type), in.the(nullable), in.maybe(standard), in.the(key)));
  }
}
