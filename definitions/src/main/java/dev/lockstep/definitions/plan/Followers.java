package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Statements;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers of looked-up tables that carry changes of their rows to columns of one other table.
 * They come and go in steps of their own: clients hold locks of both tables, so nobody gets both.
 *
 * @param columns of the other table; those that follow nothing, or only whether there is a row,
 *     have no such trigger
 */
record Followers(Compilation compilation, TableName table, List<FreshColumn> columns) {
  /** Before the columns come. */
  void create(StepList steps) {
    for (TableName from : tables()) {
      steps.add(
          Phase.EXPAND,
          table + "-follow-" + from,
          Work.of(
              from + ": gets the triggers that will carry changes to " + table,
              new Statements(
                  each(from, (trigger, c) -> dialect().createFollower(trigger, c.derived())),
                  new Locks().with(from, LockMode.SHARE_ROW_EXCLUSIVE).list()),
              Undo.by(
                  "drop the triggers of " + from,
                  new Statements(drop(from), Locks.exclusive(from)))));
    }
  }

  /** In the transaction that adds the columns. */
  List<String> start() {
    return tables().stream()
        .flatMap(
            from ->
                each(from, (trigger, c) -> dialect().startFollower(trigger, c.derived())).stream())
        .toList();
  }

  /** In the transaction that takes the columns back. */
  List<String> stop() {
    return tables().stream()
        .flatMap(
            from ->
                each(from, (trigger, c) -> dialect().stopFollower(trigger, c.derived())).stream())
        .toList();
  }

  /** After the columns have stopped to follow. */
  void drop(StepList steps) {
    for (TableName from : tables()) {
      steps.add(
          Phase.FINISH,
          table + "-unfollow-" + from,
          Work.of(
              from + ": drops the triggers that carried changes to " + table,
              new Statements(drop(from), Locks.exclusive(from)),
              Undo.nothing("they would go with the undo of the step that created them")));
    }
  }

  private List<String> drop(TableName from) {
    return each(
        from,
        (trigger, c) -> dialect().dropFollower(trigger, c.derived().lookedUp().orElseThrow()));
  }

  private SortedSet<TableName> tables() {
    return followed().map(Followers::from).collect(Collectors.toCollection(TreeSet::new));
  }

  private static TableName from(FreshColumn column) {
    return column.derived().lookedUp().orElseThrow().from();
  }

  private List<String> each(
      TableName from, BiFunction<String, FreshColumn, List<String>> statements) {
    return followed()
        .filter(c -> from(c).equals(from))
        .flatMap(c -> statements.apply(trigger(c), c).stream())
        .toList();
  }

  private Stream<FreshColumn> followed() {
    return columns.stream()
        .filter(FreshColumn::followed)
        .filter(c -> !dialect().createFollower(trigger(c), c.derived()).isEmpty());
  }

  private String trigger(FreshColumn column) {
    return Naming.follower(compilation.ground.migration().name(), table, column.name());
  }

  private SqlDialect dialect() {
    return compilation.ground.dialect();
  }
}
