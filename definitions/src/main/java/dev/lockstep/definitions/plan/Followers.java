package dev.lockstep.definitions.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The triggers of looked-up tables that carry changes of their rows to columns of one other table.
 *
 * @param columns of the other table; those that follow nothing have no such trigger
 */
record Followers(Compilation compilation, TableName table, List<FreshColumn> columns) {
  List<String> create() {
    return followed()
        .flatMap(c -> dialect().createFollower(trigger(c), c.derived()).stream())
        .toList();
  }

  List<String> drop() {
    return followed()
        .flatMap(
            c -> dialect().dropFollower(trigger(c), c.derived().lookedUp().orElseThrow()).stream())
        .toList();
  }

  /** The looked-up tables. */
  Set<TableName> tables() {
    Set<TableName> tables = new TreeSet<>();
    followed().flatMap(c -> c.derived().lookedUp().stream()).forEach(l -> tables.add(l.from()));
    return tables;
  }

  /** The own table for everybody else, the looked-up ones in that mode. */
  List<TableLock> locks(LockMode ofOthers) {
    return new Locks().with(table, LockMode.ACCESS_EXCLUSIVE).with(tables(), ofOthers).list();
  }

  private Stream<FreshColumn> followed() {
    return columns.stream().filter(FreshColumn::followed);
  }

  private String trigger(FreshColumn column) {
    return Naming.follower(compilation.ground.migration().name(), table, column.name());
  }

  private SqlDialect dialect() {
    return compilation.ground.dialect();
  }
}
