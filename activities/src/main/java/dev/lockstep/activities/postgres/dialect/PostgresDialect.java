package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.LookedUp;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.SqlDialect;
import dev.lockstep.definitions.plan.Synchronisation;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import dev.lockstep.definitions.plan.TableName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL 13 to 18. */
public final class PostgresDialect implements SqlDialect {
  @Override
  public String quote(String identifier) {
    return Identifiers.quote(identifier);
  }

  @Override
  public String createTable(TableName table, List<Column> columns) {
    return LiquibaseSql.of(TableChanges.create(table, columns));
  }

  @Override
  public String dropTable(TableName table) {
    return LiquibaseSql.of(TableChanges.drop(table));
  }

  @Override
  public String renameTable(TableName table, String to) {
    return LiquibaseSql.of(TableChanges.rename(table, to));
  }

  @Override
  public String addColumn(TableName table, Column column) {
    return LiquibaseSql.of(TableChanges.addColumn(table, column));
  }

  @Override
  public String dropColumn(TableName table, String column) {
    return LiquibaseSql.of(ColumnChanges.drop(table, column));
  }

  @Override
  public String renameColumn(TableName table, String from, String to) {
    return LiquibaseSql.of(ColumnChanges.rename(table, from, to));
  }

  @Override
  public String changeType(TableName table, String column, String type) {
    return LiquibaseSql.of(ColumnChanges.changeType(table, column, type));
  }

  @Override
  public String setDefault(TableName table, String column, String expression) {
    return LiquibaseSql.of(ColumnChanges.setDefault(table, column, expression));
  }

  @Override
  public String dropDefault(TableName table, String column) {
    return LiquibaseSql.of(ColumnChanges.dropDefault(table, column));
  }

  @Override
  public String moveSequence(TableName table, String from, String to) {
    return SequenceSql.move(table, from, to);
  }

  @Override
  public String setNotNull(TableName table, String column) {
    return LiquibaseSql.of(ColumnChanges.setNotNull(table, column));
  }

  @Override
  public String dropNotNull(TableName table, String column) {
    return LiquibaseSql.of(ColumnChanges.dropNotNull(table, column));
  }

  @Override
  public String comment(TableName table, String column, Optional<String> text) {
    return text.map(t -> LiquibaseSql.of(ColumnChanges.comment(table, column, t)))
        .orElseGet(() -> "COMMENT ON COLUMN " + quote(table) + "." + quote(column) + " IS NULL");
  }

  @Override
  public String grant(TableName table, String column, String grant) {
    int to = grant.indexOf(" TO ");
    String privileges =
        Arrays.stream(grant.substring(0, to).split(","))
            .map(privilege -> privilege.strip() + " (" + quote(column) + ")")
            .collect(Collectors.joining(", "));
    return "GRANT " + privileges + " ON " + quote(table) + grant.substring(to);
  }

  @Override
  public String addConstraint(TableName table, String name, Constraint constraint) {
    return constraint.accept(new ConstraintSql(table, name));
  }

  @Override
  public String addConstraint(TableName table, String name, String definition) {
    return new ConstraintSql(table, name).add(definition);
  }

  @Override
  public String addUniqueUsingIndex(TableName table, String name) {
    return alter(table) + "ADD CONSTRAINT " + quote(name) + " UNIQUE USING INDEX " + quote(name);
  }

  @Override
  public String validateConstraint(TableName table, String name) {
    return alter(table) + "VALIDATE CONSTRAINT " + quote(name);
  }

  @Override
  public String dropConstraint(TableName table, String name) {
    return alter(table) + "DROP CONSTRAINT IF EXISTS " + quote(name);
  }

  @Override
  public String renameConstraint(TableName table, String from, String to) {
    return alter(table) + "RENAME CONSTRAINT " + quote(from) + " TO " + quote(to);
  }

  @Override
  public String createIndex(TableName table, IndexShape index) {
    return IndexSql.create(table, index);
  }

  @Override
  public String dropIndex(TableName table, String index) {
    return IndexSql.drop(table, index);
  }

  @Override
  public String createIndexAlone(TableName table, IndexShape index) {
    return IndexSql.createAlone(table, index);
  }

  @Override
  public String dropIndexWhole(TableName table, String index) {
    return IndexSql.dropWhole(table, index);
  }

  @Override
  public String renameIndexParts(TableName table, String from, String to) {
    return PartitionIndexes.rename(table, from, to);
  }

  @Override
  public String renameIndex(TableName table, String from, String to) {
    String index = quote(new TableName(table.schema(), from));
    return "ALTER INDEX " + index + " RENAME TO " + quote(to);
  }

  @Override
  public List<String> createSynchronisation(Synchronisation synchronisation) {
    return SynchronisationSql.create(synchronisation);
  }

  @Override
  public List<String> replaceSynchronisation(Synchronisation synchronisation) {
    return Stream.concat(
            dropSynchronisation(synchronisation.table(), synchronisation.trigger()).stream(),
            createSynchronisation(synchronisation).stream())
        .toList();
  }

  @Override
  public List<String> dropSynchronisation(TableName table, String trigger) {
    return SynchronisationSql.drop(table, trigger);
  }

  @Override
  public List<String> createFollower(String trigger, Synchronisation.Derived derived) {
    return new LookupSql(derived).createFollower(trigger);
  }

  @Override
  public List<String> startFollower(String trigger, Synchronisation.Derived derived) {
    return new LookupSql(derived).startFollower(trigger);
  }

  @Override
  public List<String> stopFollower(String trigger, Synchronisation.Derived derived) {
    return new LookupSql(derived).stopFollower(trigger);
  }

  @Override
  public List<String> dropFollower(String trigger, LookedUp lookedUp) {
    return LookupSql.dropFollower(trigger, lookedUp);
  }

  @Override
  public String over(Synchronisation.Derived derived) {
    if (derived.lookedUp().isPresent()) {
      return new LookupSql(derived).over();
    }
    Map<String, String> stored = new LinkedHashMap<>();
    for (Input input : derived.inputs()) {
      if (!input.name().equals(input.column())) {
        stored.put(input.name(), quote(input.column()));
      }
    }
    return stored.isEmpty()
        ? derived.expression()
        : ColumnMentions.replace(derived.expression(), stored);
  }

  @Override
  public String indexFor(Observation.Index index, String name, String from, String to) {
    return Definitions.index(index.definition(), name, from, to);
  }

  @Override
  public String constraintFor(Observation.TableConstraint constraint, String from, String to) {
    return constraint.referrer().isPresent()
        ? Definitions.reference(constraint.definition(), from, to)
        : Definitions.constraint(constraint.definition(), from, to);
  }

  @Override
  public boolean widens(String from, String to) {
    return TypeNames.widens(from, to);
  }

  @Override
  public boolean comparable(String type) {
    return TypeNames.comparable(type);
  }

  @Override
  public boolean constant(String expression) {
    return ConstantExpressions.constant(expression);
  }

  private String alter(TableName table) {
    return "ALTER TABLE " + quote(table) + " ";
  }
}
