package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Short statements that a person can read in a golden file. Close to SQL, run by nobody. */
public final class PlainDialect implements SqlDialect {
  private static final Set<String> WIDER =
      Set.of("character varying(40)>text", "character varying(40)>character varying(80)");

  @Override
  public String quote(String identifier) {
    return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : '"' + identifier + '"';
  }

  @Override
  public String quote(TableName table) {
    return table.toString();
  }

  @Override
  public String createTable(TableName table, List<Column> columns) {
    return "CREATE TABLE "
        + table
        + " ("
        + columns.stream().map(this::column).collect(Collectors.joining(", "))
        + ")";
  }

  @Override
  public String dropTable(TableName table) {
    return "DROP TABLE " + table;
  }

  @Override
  public String renameTable(TableName table, String to) {
    return "ALTER TABLE " + table + " RENAME TO " + to;
  }

  @Override
  public String addColumn(TableName table, Column column) {
    return alter(table, "ADD COLUMN " + column(column));
  }

  @Override
  public String dropColumn(TableName table, String column) {
    return alter(table, "DROP COLUMN " + column);
  }

  @Override
  public String renameColumn(TableName table, String from, String to) {
    return alter(table, "RENAME COLUMN " + from + " TO " + to);
  }

  @Override
  public String changeType(TableName table, String column, String type) {
    return alter(table, "ALTER COLUMN " + column + " TYPE " + type);
  }

  @Override
  public String setDefault(TableName table, String column, String expression) {
    return alter(table, "ALTER COLUMN " + column + " SET DEFAULT " + expression);
  }

  @Override
  public String dropDefault(TableName table, String column) {
    return alter(table, "ALTER COLUMN " + column + " DROP DEFAULT");
  }

  @Override
  public String moveSequence(TableName table, String from, String to) {
    return "SEQUENCE OF " + quote(table) + "." + from + " TO " + to;
  }

  @Override
  public String setNotNull(TableName table, String column) {
    return alter(table, "ALTER COLUMN " + column + " SET NOT NULL");
  }

  @Override
  public String dropNotNull(TableName table, String column) {
    return alter(table, "ALTER COLUMN " + column + " DROP NOT NULL");
  }

  @Override
  public String comment(TableName table, String column, Optional<String> text) {
    return "COMMENT ON COLUMN " + table + "." + column + " IS " + text.orElse("NULL");
  }

  @Override
  public String grant(TableName table, String column, String grant) {
    return "GRANT " + grant.replace(" TO ", " (" + column + ") ON " + table + " TO ");
  }

  @Override
  public String addConstraint(TableName table, String name, Constraint constraint) {
    return addConstraint(table, name, constraint.accept(new Definition()));
  }

  @Override
  public String addConstraint(TableName table, String name, String definition) {
    return alter(table, "ADD CONSTRAINT " + name + " " + definition + " NOT VALID");
  }

  @Override
  public String addUniqueUsingIndex(TableName table, String name) {
    return alter(table, "ADD CONSTRAINT " + name + " UNIQUE USING INDEX " + name);
  }

  @Override
  public String validateConstraint(TableName table, String name) {
    return alter(table, "VALIDATE CONSTRAINT " + name);
  }

  @Override
  public String dropConstraint(TableName table, String name) {
    return alter(table, "DROP CONSTRAINT IF EXISTS " + name);
  }

  @Override
  public String renameConstraint(TableName table, String from, String to) {
    return alter(table, "RENAME CONSTRAINT " + from + " TO " + to);
  }

  @Override
  public String createIndex(TableName table, IndexShape index) {
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX CONCURRENTLY "
        + index.name()
        + " ON "
        + table
        + " ("
        + String.join(", ", index.columns())
        + ")"
        + index.where().map(w -> " WHERE " + w).orElse("");
  }

  @Override
  public String dropIndex(TableName table, String index) {
    return "DROP INDEX CONCURRENTLY IF EXISTS " + index;
  }

  @Override
  public String createIndexAlone(TableName table, IndexShape index) {
    return createIndex(table, index).replace(" CONCURRENTLY", "").replace(" ON ", " ON ONLY ");
  }

  @Override
  public String dropIndexWhole(TableName table, String index) {
    return "DROP INDEX IF EXISTS " + index;
  }

  @Override
  public String renameIndexParts(TableName table, String from, String to) {
    return "RENAME PARTS OF INDEX " + from + " FOR " + to;
  }

  @Override
  public String renameIndex(TableName table, String from, String to) {
    return "ALTER INDEX " + from + " RENAME TO " + to;
  }

  @Override
  public List<String> createSynchronisation(Synchronisation synchronisation) {
    List<String> lines = new ArrayList<>();
    for (Synchronisation.Group group : synchronisation.groups()) {
      lines.add(
          "SYNCHRONISE "
              + synchronisation.table()
              + " fresh "
              + derived(group.fresh())
              + " stale "
              + derived(group.stale())
              + (synchronisation.movers().isEmpty()
                  ? ""
                  : " moved by " + synchronisation.movers()));
    }
    return lines;
  }

  @Override
  public List<String> replaceSynchronisation(Synchronisation synchronisation) {
    return createSynchronisation(synchronisation).stream().map(s -> "RE" + s).toList();
  }

  @Override
  public List<String> dropSynchronisation(TableName table, String trigger) {
    return List.of("DROP TRIGGER IF EXISTS " + trigger + " ON " + table);
  }

  @Override
  public List<String> createFollower(String trigger, Synchronisation.Derived derived) {
    LookedUp lookedUp = derived.lookedUp().orElseThrow();
    return List.of(
        "FOLLOW " + lookedUp.from() + " with " + lookedUp.table() + "." + derived.column());
  }

  @Override
  public List<String> startFollower(String trigger, Synchronisation.Derived derived) {
    return List.of("START " + trigger);
  }

  @Override
  public List<String> stopFollower(String trigger, Synchronisation.Derived derived) {
    return List.of("STOP " + trigger);
  }

  @Override
  public List<String> dropFollower(String trigger, LookedUp lookedUp) {
    return List.of("DROP TRIGGER IF EXISTS " + trigger + " ON " + lookedUp.from());
  }

  @Override
  public String over(Synchronisation.Derived derived) {
    if (derived.lookedUp().isPresent()) {
      LookedUp lookedUp = derived.lookedUp().orElseThrow();
      return "LOOK UP "
          + derived.expression()
          + " IN "
          + lookedUp.from()
          + " MATCHING "
          + lookedUp.match();
    }
    String sql = derived.expression();
    List<Synchronisation.Input> longestFirst =
        derived.inputs().stream().sorted(Comparator.comparing(i -> -i.name().length())).toList();
    for (Synchronisation.Input input : longestFirst) {
      sql = renamed(sql, input.name(), input.column());
    }
    return sql;
  }

  @Override
  public String indexFor(Observation.Index index, String name, String from, String to) {
    String sql = renamed(index.definition(), index.name(), name);
    return sql.contains(" ON ONLY ")
        ? renamed(sql, from, to)
        : renamed(sql.replaceFirst("INDEX (?!CONCURRENTLY)", "INDEX CONCURRENTLY "), from, to);
  }

  @Override
  public String constraintFor(Observation.TableConstraint constraint, String from, String to) {
    return renamed(constraint.definition(), from, to);
  }

  @Override
  public boolean widens(String from, String to) {
    return WIDER.contains(TypeSpelling.of(from) + ">" + TypeSpelling.of(to));
  }

  @Override
  public boolean comparable(String type) {
    return !type.equals("json");
  }

  @Override
  public boolean constant(String expression) {
    return !expression.contains("(");
  }

  private static String renamed(String sql, String from, String to) {
    return sql.replaceAll("\\b" + from + "\\b", to);
  }

  private String derived(List<Synchronisation.Derived> columns) {
    return columns.stream()
        .map(
            d ->
                d.column()
                    + " = "
                    + d.lookedUp().map(l -> over(d)).orElse(d.expression())
                    + " over "
                    + d.inputs().stream()
                        .map(i -> i.name() + ":" + i.column())
                        .collect(Collectors.joining(" ")))
        .toList()
        .toString();
  }

  private static String alter(TableName table, String what) {
    return "ALTER TABLE " + table + " " + what;
  }

  private String column(Column column) {
    return quote(column.name())
        + " "
        + column.type()
        + column.defaultValue().map(d -> " DEFAULT " + d).orElse("")
        + (column.nullable() ? "" : " NOT NULL")
        + (column.primaryKey() ? " PRIMARY KEY" : "");
  }

  private static final class Definition implements Constraint.Visitor<String> {
    @Override
    public String check(Constraint.Check check) {
      return "CHECK (" + check.expression() + ")";
    }

    @Override
    public String foreignKey(Constraint.ForeignKey key) {
      return "FOREIGN KEY ("
          + String.join(", ", key.columns())
          + ") REFERENCES "
          + key.referencedTable()
          + "("
          + String.join(", ", key.referencedColumns())
          + ")";
    }
  }
}
