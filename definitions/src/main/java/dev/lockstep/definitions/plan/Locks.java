package dev.lockstep.definitions.plan;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The locks of a step: one a table, the strongest, in the order of the tables' names. */
final class Locks {
  private final SortedMap<TableName, LockMode> modes = new TreeMap<>();

  static List<TableLock> exclusive(TableName table) {
    return List.of(new TableLock(table, LockMode.ACCESS_EXCLUSIVE));
  }

  Locks with(TableName table, LockMode mode) {
    modes.merge(table, mode, (a, b) -> a.compareTo(b) > 0 ? a : b);
    return this;
  }

  Locks with(Collection<TableName> tables, LockMode mode) {
    tables.forEach(t -> with(t, mode));
    return this;
  }

  List<TableLock> list() {
    return modes.entrySet().stream().map(e -> new TableLock(e.getKey(), e.getValue())).toList();
  }
}
