package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;

/** What recipes ask of tables and privileges. */
record Checks(Ground ground, Findings findings) {
  /** The table, where it exists and may be changed. */
  Optional<Table> changeable(String path, TableName name) {
    Optional<Table> table = ground.observation().table(name);
    if (table.isEmpty() && ground.outline().creation(name).isPresent()) {
      findings.add(
          path,
          Code.CHANGE_UNSUPPORTED,
          "table " + name + " is created by this migration: put the change into its createTable");
      return Optional.empty();
    }
    if (table.isEmpty()) {
      findings.add(
          path + ".table",
          Code.TABLE_UNKNOWN,
          "table " + name + " is not in the database; write schema.table outside schema public");
    }
    table.ifPresent(t -> suitable(path, t));
    return table;
  }

  /**
   * The table, where it may be changed or an earlier change makes it: what comes after all columns
   * can also be done to a new table.
   */
  Optional<Table> usable(PlacedChange placed, TableName name) {
    return usable(placed.path(), placed.place(), name);
  }

  /** The same for a step that is no change. */
  Optional<Table> usable(String path, int place, TableName name) {
    if (ground.outline().creation(name).isEmpty()) {
      return changeable(path, name);
    }
    madeBefore(path + ".table", place, name);
    return TableShape.of(ground, name);
  }

  /** No step uses a table that a later one makes; changes are put in order by the planner. */
  void madeBefore(String path, int place, TableName name) {
    if (ground.outline().ordered()
        && ground.outline().placeOfCreation(name).filter(p -> p > place).isPresent()) {
      findings.add(path, Code.CHANGES_CLASH, "table " + name + " is made by a later step");
    }
  }

  /** The table and its column, where both exist. */
  Optional<TableColumn> column(String path, TableName table, String column) {
    return changeable(path, table)
        .flatMap(
            t -> {
              if (t.column(column).isEmpty()) {
                unknownColumn(path + ".column", t, column);
              }
              return t.column(column);
            });
  }

  void unknownColumn(String path, Table table, String column) {
    List<String> names = table.columns().stream().map(TableColumn::name).toList();
    findings.add(
        path,
        Code.COLUMN_UNKNOWN,
        "table "
            + table.name()
            + " has no column "
            + column
            + "; it has "
            + String.join(", ", names));
  }

  /** The role may make functions, indexes and names in the schema. */
  void mayCreate(String path, String schema) {
    Optional<Observation.Schema> known =
        ground.observation().schemas().stream().filter(s -> s.name().equals(schema)).findFirst();
    boolean byTable =
        ground.observation().tables().stream()
            .anyMatch(t -> t.name().schema().equals(schema) && t.mayCreateInSchema());
    if (known.map(Observation.Schema::mayCreate).orElse(byTable)) {
      return;
    }
    boolean inUse =
        ground.observation().tables().stream().anyMatch(t -> t.name().schema().equals(schema));
    if (known.isEmpty() && !inUse) {
      findings.addOnce(path, Code.OBJECT_UNKNOWN, "schema " + schema + " is not in the database");
      return;
    }
    String user = ground.observation().server().user();
    findings.addOnce(
        path,
        Code.PRIVILEGE_MISSING,
        "role "
            + user
            + " may not create in schema "
            + schema
            + ": GRANT CREATE ON SCHEMA "
            + ground.dialect().quote(schema)
            + " TO "
            + ground.dialect().quote(user));
  }

  /** The name is free for a table or an index. */
  void free(String path, TableName relation) {
    if (ground.observation().relations().contains(relation)) {
      findings.add(
          path,
          Code.OBJECT_EXISTS,
          "the name " + relation + " is taken in the database; choose another");
    }
  }

  private void suitable(String path, Table table) {
    owned(path, table);
    new PartitionChecks(this, path).changeable(table);
  }

  /** DDL needs the owner. */
  void owned(String path, Table table) {
    if (!table.owned()) {
      notOwned(path, table.name(), table.owner());
    }
  }

  /** DDL of the whole needs the owner of each part. */
  void owned(String path, Partitions.Partition partition) {
    if (!partition.owned()) {
      notOwned(path, partition.name(), partition.owner());
    }
  }

  private void notOwned(String path, TableName table, String owner) {
    String user = ground.observation().server().user();
    findings.addOnce(
        path,
        Code.PRIVILEGE_MISSING,
        "role "
            + user
            + " does not own table "
            + table
            + ": GRANT "
            + ground.dialect().quote(owner)
            + " TO "
            + ground.dialect().quote(user)
            + ", or connect as "
            + owner);
  }
}
