package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Partitions.Kind;
import dev.lockstep.definitions.plan.Partitions.Partition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands against changing a table because it is divided into partitions. */
record PartitionChecks(Checks checks, String path) {
  /** From this version on a foreign key of a partitioned table can be added without proof. */
  private static final int UNPROVEN_FOREIGN_KEYS = 180000;

  /** Every partition can be locked, changed and walked. */
  void changeable(Table table) {
    if (table.partitioned() && table.partitions().isEmpty()) {
      refuse(
          "table "
              + table.name()
              + " is a partition, or inherits or is inherited from; change the uppermost table of"
              + " its partitions (Lockstep does not change tables with INHERITS)");
    }
    table.partitions().stream()
        .flatMap(p -> p.tables().stream())
        .forEach(p -> changeable(table, p));
  }

  private void changeable(Table table, Partition partition) {
    String which = "partition " + partition.name() + " of table " + table.name();
    if (partition.kind() == Kind.FOREIGN) {
      refuse(which + " is a foreign table, whose rows Lockstep does not walk; detach it first");
    } else if (partition.kind() == Kind.DETACHING) {
      refuse(
          which
              + " is detached but for the end of it: ALTER TABLE "
              + quote(table.name())
              + " DETACH PARTITION "
              + quote(partition.name())
              + " FINALIZE first");
    } else {
      checks.owned(path, partition);
    }
  }

  /** The server lets nobody change or drop a column of the partition key. */
  void notKey(Table table, String column) {
    if (keyColumns(table).contains(column)) {
      refuse(
          "column "
              + column
              + " is part of the partition key of table "
              + table.name()
              + ": a change of it would move rows between partitions; make a new table instead");
    }
  }

  /** A value cannot be set row by row in the partition that holds the row. */
  void notFilled(Table table, String column) {
    if (keyColumns(table).contains(column)) {
      refuse(
          "column "
              + column
              + " is part of the partition key of table "
              + table.name()
              + ": another value may belong into another partition; use a sql step");
    }
  }

  /** What single partitions have of their own on a column would be lost. */
  void nothingOwn(Table table, String column) {
    table.partitions().stream()
        .flatMap(p -> p.own().stream())
        .filter(o -> o.columns().contains(column))
        .forEach(
            o ->
                refuse(
                    "column "
                        + column
                        + " of table "
                        + table.name()
                        + " has "
                        + o.description()
                        + ", which would be lost: give it to the whole table, or drop it"));
  }

  /** Nothing uses a column, or (empty) any column, of a single partition. */
  void unused(Table table, Optional<String> column) {
    table.partitions().stream()
        .flatMap(p -> p.users().stream())
        .filter(u -> column.isEmpty() || u.columns().contains(column.orElseThrow()))
        .forEach(
            u ->
                refuse(
                    "table "
                        + table.name()
                        + " is used by "
                        + u.description()
                        + "; drop that first"));
  }

  /** A unique index of a partitioned table needs every column of the partition key. */
  void uniqueOver(Table table, List<String> columns) {
    if (table.partitions().filter(Partitions::keyExpressions).isPresent()) {
      refuse(
          "table "
              + table.name()
              + " is partitioned by an expression: PostgreSQL has no unique index for that");
    }
    String missing =
        keyColumns(table).stream()
            .filter(c -> !columns.contains(c))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      refuse(
          "a unique index of the partitioned table "
              + table.name()
              + " must have all columns of the partition key; missing: "
              + missing);
    }
  }

  /** A foreign key is added first and proven later. */
  void foreignKey(Table table) {
    int version = checks.ground().observation().server().version();
    if (table.partitions().isPresent() && version < UNPROVEN_FOREIGN_KEYS) {
      refuse(
          "table "
              + table.name()
              + " is partitioned: PostgreSQL before 18 adds its foreign keys only together with"
              + " their proof, which blocks writes; add it with the application stopped, by sql");
    }
  }

  private static List<String> keyColumns(Table table) {
    return table.partitions().map(Partitions::keyColumns).orElse(List.of());
  }

  private String quote(TableName name) {
    return checks.ground().dialect().quote(name);
  }

  private void refuse(String message) {
    checks.findings().add(path, Code.CHANGE_UNSUPPORTED, message);
  }
}
