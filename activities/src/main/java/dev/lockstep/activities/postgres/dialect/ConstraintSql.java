package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;
import static java.util.stream.Collectors.joining;

import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Locale;
import liquibase.change.core.AddForeignKeyConstraintChange;
import org.jspecify.annotations.Nullable;

/** A constraint that is added for new rows only. */
final class ConstraintSql implements Constraint.Visitor<String> {
  private final TableName table;
  private final String name;

  ConstraintSql(TableName table, String name) {
    this.table = table;
    this.name = name;
  }

  @Override
  public String check(Constraint.Check check) {
    return add("CHECK (" + SqlText.closed(check.expression()) + ")");
  }

  @Override
  public String foreignKey(Constraint.ForeignKey foreignKey) {
    TableName referenced = TableName.parse(foreignKey.referencedTable());
    AddForeignKeyConstraintChange change = new AddForeignKeyConstraintChange();
    change.setConstraintName(name);
    change.setBaseTableSchemaName(table.schema());
    change.setBaseTableName(table.name());
    change.setBaseColumnNames(columns(foreignKey.columns()));
    change.setReferencedTableSchemaName(referenced.schema());
    change.setReferencedTableName(referenced.name());
    change.setReferencedColumnNames(columns(foreignKey.referencedColumns()));
    change.setOnDelete(onDelete(foreignKey.onDelete()));
    return LiquibaseSql.of(change) + " NOT VALID";
  }

  /**
   * A constraint written as SQL.
   *
   * @param definition as {@code pg_get_constraintdef} writes it
   */
  String add(String definition) {
    String upper = definition.toUpperCase(Locale.ROOT);
    boolean proved = upper.startsWith("CHECK") || upper.startsWith("FOREIGN KEY");
    boolean marked = upper.endsWith("NOT VALID") || upper.endsWith("NOT ENFORCED");
    return "ALTER TABLE %s ADD CONSTRAINT %s %s%s"
        .formatted(quote(table), quote(name), definition, proved && !marked ? " NOT VALID" : "");
  }

  /** Liquibase takes the names as one text, which it cuts at commas. */
  private static String columns(List<String> names) {
    return names.stream().map(VerbatimName::encode).collect(joining(","));
  }

  private static @Nullable String onDelete(Constraint.OnDelete action) {
    return switch (action) {
      case NO_ACTION -> null;
      case RESTRICT -> "RESTRICT";
      case CASCADE -> "CASCADE";
      case SET_NULL -> "SET NULL";
    };
  }
}
