package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.Observation.Table;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a foreign key can refer to what it names. */
record ForeignKeyTarget(Checks checks, String path, int place) {
  void check(Constraint.ForeignKey key) {
    TableName name = TableName.parse(key.referencedTable());
    Optional<Table> found = TableShape.of(checks.ground(), name);
    if (found.isEmpty()) {
      add(
          ".references.table",
          Code.TABLE_UNKNOWN,
          "table " + name + " is neither in the database nor created by this migration");
      return;
    }
    checks.madeBefore(path + ".references.table", place, name);
    Table target = found.orElseThrow();
    checks.owned(path + ".references.table", target);
    if (target.partitioned() && target.partitions().isEmpty()) {
      add(
          ".references.table",
          Code.CHANGE_UNSUPPORTED,
          "table "
              + name
              + " is a partition, or inherits or is inherited from; Lockstep cannot lock it safely");
    }
    columns(key.referencedColumns(), target);
  }

  private void columns(List<String> columns, Table target) {
    Fate fate = checks.ground().fate(target.name());
    for (String column : columns) {
      if (target.column(column).isEmpty()) {
        checks.unknownColumn(path + ".references.columns", target, column);
        return;
      }
      if (fate.gone().contains(column)) {
        add(
            ".references.columns",
            Code.CHANGE_UNSUPPORTED,
            "column " + column + " of table " + target.name() + " changes in this migration");
        return;
      }
    }
    if (!unique(columns, target)) {
      add(
          ".references.columns",
          Code.OBJECT_UNKNOWN,
          "table "
              + target.name()
              + " has no primary key or unique index over "
              + String.join(", ", columns));
    }
  }

  /** Whether at most one row has the same values in all of these columns. */
  static boolean unique(List<String> columns, Table target) {
    TreeSet<String> wanted = new TreeSet<>(columns);
    List<String> key = target.key().columns().stream().map(RowKey.KeyColumn::name).toList();
    return wanted.equals(new TreeSet<>(key))
        || target.indexes().stream()
            .filter(i -> i.unique() && i.valid() && i.plain())
            .anyMatch(i -> wanted.equals(new TreeSet<>(i.columns())));
  }

  private void add(String field, Code code, String message) {
    checks.findings().add(path + field, code, message);
  }
}
