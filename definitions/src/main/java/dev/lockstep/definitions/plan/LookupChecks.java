package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands against a look into another table.
 *
 * <ol>
 *   <li>The other table and all columns are there, belong to the same role and stay as they are.
 *   <li>The matched columns of the other table are a unique key: never two rows, and found by its
 *       index.
 *   <li>To be followed, there is a proven foreign key over them, an index that finds the rows that
 *       follow, and a value that can be compared.
 * </ol>
 *
 * @param path of the lookup in the definition
 */
record LookupChecks(Checks checks, String path, Lookup lookup) {
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

  private static final Set<String> TEXTS = Set.of("text", "character varying");

  /** Of a new column. */
  void ofColumn(TableName name, Column column) {
    Table table = checks.ground().observation().table(name).orElseThrow();
    Optional<Table> from = other(table);
    notUsedByDown(name, column.name());
    from.ifPresent(f -> sameOwner(table, f));
    if (from.isPresent() && lookup.follow()) {
      new FollowChecks(checks, path, lookup).check(table, from.orElseThrow(), column);
    }
  }

  /** Of a backfill. */
  void ofBackfill(Table table) {
    other(table);
  }

  /** The other table, where nothing stands against reading it. */
  private Optional<Table> other(Table table) {
    TableName name = TableName.parse(lookup.from());
    Optional<Table> found = checks.ground().observation().table(name);
    if (found.isEmpty()) {
      add(
          ".from",
          Code.TABLE_UNKNOWN,
          "table " + name + " is not in the database; write schema.table outside schema public");
      return Optional.empty();
    }
    Table from = found.orElseThrow();
    checks.owned(path + ".from", from);
    if (from.partitioned()) {
      add(
          ".from",
          Code.CHANGE_UNSUPPORTED,
          "table "
              + name
              + " is partitioned, a partition, or inherits or is inherited from; Lockstep cannot"
              + " look into it yet");
    }
    if (checks.ground().outline().drops(name)) {
      add(".from", Code.CHANGES_CLASH, "table " + name + " is dropped by this migration");
    }
    new ExpressionChecks(checks, name, Integer.MAX_VALUE).overOld(path + ".value");
    checks.ground().judged(path + ".value").ifPresent(j -> staying(".value", name, j.columns()));
    return matched(table, from) ? found : Optional.empty();
  }

  private boolean matched(Table table, Table from) {
    List<String> keys = lookup.match().values().stream().distinct().sorted().toList();
    int before = checks.findings().all().size();
    lookup.match().forEach((own, other) -> pair(table, own, from, other));
    staying(".match", table.name(), List.copyOf(lookup.match().keySet()));
    staying(".match", from.name(), keys);
    if (checks.findings().all().size() > before) {
      return false;
    }
    if (!ForeignKeyTarget.unique(keys, from) || deferrable(keys, from)) {
      add(
          ".match",
          Code.OBJECT_UNKNOWN,
          "table "
              + from.name()
              + " has no primary key or unique index over "
              + String.join(", ", keys)
              + " that holds at every moment: more than one row could be found");
      return false;
    }
    return true;
  }

  private void pair(Table table, String own, Table from, String other) {
    Optional<TableColumn> left = table.column(own);
    Optional<TableColumn> right = from.column(other);
    if (left.isEmpty()) {
      checks.unknownColumn(path + ".match." + own, table, own);
    }
    if (right.isEmpty()) {
      checks.unknownColumn(path + ".match." + own, from, other);
    }
    if (left.isPresent() && right.isPresent()) {
      equal(left.orElseThrow(), right.orElseThrow());
    }
  }

  /** Other pairs may have no operator, or one that no index knows. */
  private void equal(TableColumn own, TableColumn other) {
    String left = TypeSpelling.base(own.type());
    String right = TypeSpelling.base(other.type());
    boolean like =
        left.equals(right)
            || (INTEGERS.contains(left) && INTEGERS.contains(right))
            || (TEXTS.contains(left) && TEXTS.contains(right));
    if (!like || !own.collation().equals(other.collation())) {
      add(
          ".match." + own.name(),
          Code.CHANGE_UNSUPPORTED,
          "column "
              + own.name()
              + " is "
              + own.type()
              + own.collation().map(c -> " COLLATE " + c).orElse("")
              + " and column "
              + other.name()
              + " is "
              + other.type()
              + other.collation().map(c -> " COLLATE " + c).orElse("")
              + ": give them one type, so that the unique index finds the row");
    }
  }

  /** The trigger runs as the owner of the own table. */
  private void sameOwner(Table table, Table from) {
    if (!table.owner().equals(from.owner())) {
      add(
          ".from",
          Code.PRIVILEGE_MISSING,
          "table "
              + from.name()
              + " belongs to "
              + from.owner()
              + " and table "
              + table.name()
              + " to "
              + table.owner()
              + ", whose trigger has to read it: give both to one role");
    }
  }

  private static boolean deferrable(List<String> keys, Table from) {
    return from.constraints().stream()
        .filter(c -> c.referrer().isEmpty() && c.definition().contains("DEFERRABLE"))
        .anyMatch(c -> c.columns().stream().sorted().toList().equals(keys));
  }

  private void staying(String field, TableName table, List<String> columns) {
    Fate fate = checks.ground().fate(table);
    columns.stream()
        .filter(fate.gone()::contains)
        .forEach(
            c ->
                add(
                    field,
                    Code.CHANGES_CLASH,
                    "column "
                        + c
                        + " of table "
                        + table
                        + " changes in this migration; look it up in an earlier or a later one"));
  }

  /** What old clients write to a column that goes cannot be written to another table. */
  private void notUsedByDown(TableName table, String column) {
    for (PlacedChange placed : checks.ground().outline().of(table)) {
      String down = placed.path() + ".down";
      if (checks
          .ground()
          .judged(down)
          .map(Judgement::columns)
          .filter(c -> c.contains(column))
          .isPresent()) {
        add(
            "",
            Code.CHANGE_UNSUPPORTED,
            "column "
                + column
                + " is used by "
                + down
                + ": a value that is looked up cannot be written back; use columns that are not");
      }
    }
  }

  private void add(String field, Code code, String message) {
    checks.findings().add(path + field, code, message);
  }
}
