package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.plan.Observation.Dependent;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Optional;

/** What stands against a column that is to be replaced or dropped. */
record ColumnChecks(Checks checks, String path) {
  /** The column can get another place in the table, or leave it. */
  void movable(Table table, TableColumn column) {
    if (column.generated()) {
      refuse(table, column, "is a generated or identity column");
    }
    PartitionChecks partitions = new PartitionChecks(checks, path);
    partitions.notKey(table, column.name());
    partitions.nothingOwn(table, column.name());
    partitions.unused(table, Optional.of(column.name()));
    leftOver(table, Naming.tombstone(column.name()));
    leftOver(table, Naming.shadow(column.name()));
    table.constraints().stream()
        .filter(c -> c.columns().contains(column.name()))
        .forEach(c -> constraint(table, column, c));
    table.dependents().stream()
        .filter(d -> d.columns().contains(column.name()))
        .forEach(d -> dependent(table, column, d));
  }

  /** The column may be NULL or not as one likes. */
  void notKey(Table table, TableColumn column) {
    new PartitionChecks(checks, path).nothingOwn(table, column.name());
    table.constraints().stream()
        .filter(c -> c.columns().contains(column.name()) && c.kind() == Kind.PRIMARY_KEY)
        .forEach(c -> constraint(table, column, c));
  }

  /** The column may have NULL. */
  void notIdentity(Table table, TableColumn column) {
    if (column.generated() && column.defaultValue().isEmpty()) {
      refuse(table, column, "is an identity column");
    }
  }

  /** A column of the same type can be added without touching rows. */
  void addable(Table table, TableColumn column) {
    if (column.constrained()) {
      refuse(
          table,
          column,
          "has the domain "
              + column.type()
              + ", whose constraints make the server rewrite the table for a second column of it");
    }
  }

  /** Indexes and constraints of the column can be made for another one. */
  void copyable(Table table, TableColumn column) {
    table.constraints().stream()
        .filter(c -> c.columns().contains(column.name()) && c.referrer().isEmpty())
        .filter(c -> c.kind() == Kind.UNIQUE)
        .forEach(c -> rebuildable(table, column, c));
    table.constraints().stream()
        .filter(c -> c.columns().contains(column.name()) && c.referrer().isEmpty())
        .filter(c -> c.kind() == Kind.FOREIGN_KEY)
        .forEach(c -> new PartitionChecks(checks, path).foreignKey(table));
    if (checks.ground().outline().ordered()) {
      table.indexes().stream()
          .filter(i -> i.columns().contains(column.name()) && moved(table, i.columns()) > 1)
          .forEach(i -> refuse(table, column, "shares index " + i.name() + " with another move"));
      table.constraints().stream()
          .filter(c -> c.kind() == Kind.CHECK || c.kind() == Kind.FOREIGN_KEY)
          .filter(c -> c.referrer().isEmpty())
          .filter(c -> c.columns().contains(column.name()) && moved(table, c.columns()) > 1)
          .forEach(
              c -> refuse(table, column, "shares constraint " + c.name() + " with another move"));
    }
  }

  /** A unique index can be built beside the old one and become the constraint's. */
  private void rebuildable(Table table, TableColumn column, TableConstraint constraint) {
    if (table.partitions().isPresent()) {
      refuse(
          table,
          column,
          "is in unique constraint "
              + constraint.name()
              + " of a partitioned table, for which PostgreSQL takes no index that is there");
    }
    if (constraint.definition().contains("DEFERRABLE")) {
      refuse(table, column, "is in the deferrable constraint " + constraint.name());
    }
    if (constraint.definition().contains("WITHOUT OVERLAPS")) {
      refuse(table, column, "is in the temporal constraint " + constraint.name());
    }
  }

  private void leftOver(Table table, String name) {
    if (table.column(name).isPresent()) {
      checks
          .findings()
          .add(
              path,
              Code.OBJECT_EXISTS,
              "table "
                  + table.name()
                  + " has a column "
                  + name
                  + ", left over from an earlier run: finish that run, or drop the column");
    }
  }

  private long moved(Table table, List<String> columns) {
    Fate fate = checks.ground().fate(table.name());
    return columns.stream().filter(fate.gone()::contains).count();
  }

  private void constraint(Table table, TableColumn column, TableConstraint constraint) {
    if (constraint.referrer().isPresent()) {
      TableName other = constraint.referrer().orElseThrow();
      refuse(
          table,
          column,
          "is referred to by foreign key " + constraint.name() + " of table " + other);
    } else if (constraint.kind() == Kind.PRIMARY_KEY) {
      refuse(table, column, "is part of the primary key");
    } else if (constraint.kind() == Kind.EXCLUSION) {
      refuse(table, column, "is in exclusion constraint " + constraint.name());
    }
  }

  private void dependent(Table table, TableColumn column, Dependent dependent) {
    refuse(table, column, "is used by " + dependent.description());
  }

  private void refuse(Table table, TableColumn column, String why) {
    checks
        .findings()
        .add(
            path,
            Code.CHANGE_UNSUPPORTED,
            "column "
                + column.name()
                + " of table "
                + table.name()
                + " "
                + why
                + "; Lockstep cannot change that safely yet");
  }
}
