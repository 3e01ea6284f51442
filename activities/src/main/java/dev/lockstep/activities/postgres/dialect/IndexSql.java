package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;

import dev.lockstep.definitions.plan.SqlDialect.IndexShape;
import dev.lockstep.definitions.plan.TableName;
import liquibase.change.AddColumnConfig;
import liquibase.change.core.CreateIndexChange;
import liquibase.change.core.DropIndexChange;

/** Indexes: Liquibase's statements with CONCURRENTLY, the access method and the predicate added. */
final class IndexSql {
  private IndexSql() {}

  static String create(TableName table, IndexShape index) {
    return insertAfter(statement(table, index), " INDEX", " CONCURRENTLY");
  }

  static String createAlone(TableName table, IndexShape index) {
    String statement = statement(table, index);
    int on = statement.indexOf(" ON " + quote(table));
    return statement.substring(0, on) + " ON ONLY" + statement.substring(on + " ON".length());
  }

  private static String statement(TableName table, IndexShape index) {
    CreateIndexChange change = new CreateIndexChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setIndexName(index.name());
    change.setUnique(index.unique());
    index.columns().forEach(column -> change.addColumn(config(column)));
    String method = index.method().map(m -> " USING " + quote(m) + " ").orElse(" ");
    return insertAfter(LiquibaseSql.of(change), " ON " + quote(table), method)
        + index.where().map(where -> " WHERE (" + SqlText.closed(where) + ")").orElse("");
  }

  static String drop(TableName table, String index) {
    return drop(table, index, " CONCURRENTLY IF EXISTS");
  }

  static String dropWhole(TableName table, String index) {
    return drop(table, index, " IF EXISTS");
  }

  private static String drop(TableName table, String index, String manner) {
    DropIndexChange change = new DropIndexChange();
    change.setSchemaName(table.schema());
    change.setTableName(table.name());
    change.setIndexName(index);
    return insertAfter(LiquibaseSql.of(change), "DROP INDEX", manner);
  }

  private static AddColumnConfig config(String column) {
    AddColumnConfig config = new AddColumnConfig();
    boolean expression = column.startsWith("(");
    config.setName(column, expression);
    return config;
  }

  private static String insertAfter(String statement, String part, String addition) {
    int end = statement.indexOf(part) + part.length();
    return statement.substring(0, end) + addition + statement.substring(end);
  }
}
