package dev.lockstep.activities.postgres.observe;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.dialect.PostgresDialect;
import dev.lockstep.activities.postgres.dialect.SqlText;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Questions.Given;
import dev.lockstep.definitions.plan.Questions.Into;
import dev.lockstep.definitions.plan.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * A temporary table of the name of another, with the columns of one of its rows. Lives until the
 * savepoint of its expression is rolled back.
 */
final class ScratchRow {
  private static final PostgresDialect DIALECT = new PostgresDialect();
  private static final String PROBE = "lockstep_probe";

  private final Handle handle;
  private final String parsePath;
  private final String table;

  ScratchRow(Handle handle, TableName name, String ownPath) {
    this.handle = handle;
    this.table = "pg_temp." + DIALECT.quote(name.name());
    String own = ownPath.isBlank() || ownPath.equals("\"\"") ? "" : ", " + ownPath;
    this.parsePath = DIALECT.quote(name.schema()) + ", public" + own;
  }

  /**
   * What an expression means.
   *
   * @param type as {@code format_type} writes it
   * @param columns sorted
   * @param qualified the expression, as it is written under an empty search_path
   */
  record Meaning(String type, List<String> columns, String qualified) {}

  /** What keeps a type from being written where it has to; empty where nothing does. */
  static Optional<String> flaw(List<Given> given) {
    return given.stream()
        .flatMap(g -> g.type().stream())
        .flatMap(type -> SqlText.typeFlaw(type).stream())
        .findFirst();
  }

  /** Makes the row: the table's columns, and the given ones instead or besides. */
  void create(Optional<Observation.Table> like, List<Given> given) {
    Map<String, String> columns = new LinkedHashMap<>();
    like.ifPresent(t -> t.columns().forEach(c -> columns.put(c.name(), typeOf(c))));
    for (Given column : given) {
      columns.put(
          column.name(),
          column.type().orElseGet(() -> typeOf(column(like, column.like().orElseThrow()))));
    }
    String list =
        columns.entrySet().stream()
            .map(column -> DIALECT.quote(column.getKey()) + " " + column.getValue())
            .collect(Collectors.joining(", "));
    parsing("CREATE TEMPORARY TABLE " + table + " (" + list + ")");
  }

  /** The type as {@code format_type} writes it, of SQL such as {@code varchar(80)}. */
  String type(String sql) {
    SqlText.typeFlaw(sql)
        .ifPresent(
            flaw -> {
              throw new ExpressionRefusedException(flaw);
            });
    parsing("CREATE TEMPORARY TABLE " + table + " (value " + SqlText.closed(sql) + ")");
    return typeOfValue(table);
  }

  /** Whether the type that was asked last is a domain with constraints. */
  boolean constrained() {
    PlainSql.run(handle, "SET LOCAL search_path = ''");
    return handle
        .createQuery(
            "SELECT "
                + ColumnFacts.CONSTRAINED
                + " FROM pg_attribute a"
                + " WHERE a.attrelid = to_regclass(:table) AND a.attname = 'value'")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  /** The type that a value shall get, without a collation: a cast has none. */
  String target(Optional<Observation.Table> like, Into into) {
    return into.type().orElseGet(() -> column(like, into.like().orElseThrow()).type());
  }

  Meaning meaning(String sql) {
    String expression = SqlText.closed(sql);
    parsing(
        "ALTER TABLE %s ADD CONSTRAINT %s CHECK ((%s) IS NOT NULL)"
            .formatted(table, PROBE, expression));
    List<String> columns = columns();
    parsing(
        "CREATE TEMPORARY VIEW %s AS SELECT (%s) AS value FROM %s"
            .formatted(PROBE, expression, table));
    return new Meaning(typeOfValue("pg_temp." + PROBE), columns, qualified());
  }

  /** Fails where a column of that type does not take the value. */
  void assign(String sql, String type) {
    parsing("ALTER TABLE " + table + " ADD COLUMN " + PROBE + " " + type);
    parsing("EXPLAIN UPDATE %s SET %s = (%s)".formatted(table, PROBE, SqlText.closed(sql)));
  }

  /** Whether the value, cast to that type, depends on the row alone. */
  boolean immutable(String sql, String type) {
    handle.savepoint(PROBE);
    try {
      parsing(
          "ALTER TABLE %s ADD COLUMN %s %s GENERATED ALWAYS AS (CAST((%s) AS %s)) STORED"
              .formatted(table, PROBE + "_generated", type, SqlText.closed(sql), type));
      return true;
    } catch (JdbiException e) {
      handle.rollbackToSavepoint(PROBE);
      return false;
    }
  }

  /** Columns of the constraint; 0 stands for the whole row, less for a column of the system. */
  private List<String> columns() {
    List<Integer> numbers = ask("unnest(conkey)", Integer.class);
    if (numbers.stream().anyMatch(number -> number <= 0)) {
      throw new ExpressionRefusedException(
          "the whole row and columns of the system are not possible here");
    }
    return handle
        .createQuery(
            """
            SELECT a.attname::text FROM pg_constraint k
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
            WHERE k.conname = :name AND k.conrelid = to_regclass(:table)
            ORDER BY a.attname COLLATE "C"
            """)
        .bind("name", PROBE)
        .bind("table", table)
        .mapTo(String.class)
        .list();
  }

  private String qualified() {
    PlainSql.run(handle, "SET LOCAL search_path = ''");
    String check = ask("pg_get_expr(conbin, conrelid)", String.class).get(0);
    String end = " IS NOT NULL)";
    if (!check.startsWith("(") || !check.endsWith(end)) {
      throw new IllegalStateException("unexpected constraint: " + check);
    }
    String expression = check.substring(1, check.length() - end.length()).strip();
    // The type that a bare NULL has until something gives it one.
    return expression.equals("NULL::unknown") ? "NULL" : expression;
  }

  private <T> List<T> ask(String what, Class<T> type) {
    return handle
        .createQuery(
            "SELECT "
                + what
                + " FROM pg_constraint WHERE conname = :name AND conrelid = to_regclass(:table)")
        .bind("name", PROBE)
        .bind("table", table)
        .mapTo(type)
        .list();
  }

  private String typeOfValue(String relation) {
    PlainSql.run(handle, "SET LOCAL search_path = ''");
    return handle
        .createQuery(
            """
            SELECT format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = to_regclass(:relation) AND attname = 'value'
            """)
        .bind("relation", relation)
        .mapTo(String.class)
        .one();
  }

  private void parsing(String sql) {
    PlainSql.run(handle, "SET LOCAL search_path = " + parsePath);
    PlainSql.run(handle, sql);
  }

  private static TableColumn column(Optional<Observation.Table> table, String column) {
    return table
        .flatMap(t -> t.column(column))
        .orElseThrow(() -> new ExpressionRefusedException("there is no column " + column));
  }

  private static String typeOf(TableColumn column) {
    return column.type() + column.collation().map(c -> " COLLATE " + c).orElse("");
  }
}
