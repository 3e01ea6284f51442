package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;
import static java.util.stream.Collectors.joining;

import dev.lockstep.definitions.plan.LookedUp;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A value in a row of another table, and the triggers that keep a column equal to it.
 *
 * <ol>
 *   <li>The triggers of the other table come before the column, and go after it: each transaction
 *       of ours locks one table, because clients hold locks of both, in any order. Until the column
 *       is there they carry nothing. Who changes the value locks the own table first, so that it
 *       sees for certain whether they do.
 *   <li>Who writes a row that follows takes FOR KEY SHARE on the other row, as the check of the
 *       foreign key does anyway: it hinders no update of other columns there.
 *   <li>Who changes the value of the other row takes FOR UPDATE on it first, which waits for those,
 *       and lets later ones wait. When it has it, every row that found the old value is committed.
 *   <li>After the change it writes the new value to all of them.
 * </ol>
 *
 * <p>So neither misses the other. A transaction of REPEATABLE READ that would look into its past
 * gets 40001, as it does for any row that was changed meanwhile. The foreign key does the rest: the
 * other row comes first and goes last, and a cascade changes a matched column.
 */
final class LookupSql {
  /** The other table's row in statements; the own table keeps its name. */
  private static final String OTHER = "lockstep_from";

  private static final String OWN = "lockstep_own";

  private final Derived derived;
  private final LookedUp lookedUp;

  LookupSql(Derived derived) {
    this.derived = derived;
    this.lookedUp = derived.lookedUp().orElseThrow();
  }

  /** For statements over the own table, which has no alias there. */
  String over() {
    String table = quote(lookedUp.table().name());
    return "(" + select(own -> table + "." + quote(own)) + ")";
  }

  /** For a trigger of the own table. */
  String ofNew() {
    return select(own -> "NEW." + quote(own)) + (lookedUp.followed() ? " FOR KEY SHARE" : "");
  }

  /** The triggers of the other table, which carry nothing yet. */
  List<String> createFollower(String name) {
    if (!carries()) {
      return List.of();
    }
    String lock =
        """
          LOCK TABLE ONLY %s IN ROW EXCLUSIVE MODE;
          PERFORM FROM %s AS %s WHERE %s FOR UPDATE;
        """
            .formatted(
                quote(lookedUp.table()),
                quote(lookedUp.from()),
                OTHER,
                matched((own, other) -> OTHER + "." + other + " = OLD." + other));
    return Stream.concat(
            lock(name).create("BEFORE UPDATE", when(), lock).stream(),
            carry(name).create("AFTER UPDATE", when(), "").stream())
        .toList();
  }

  List<String> startFollower(String name) {
    String value = value("NEW");
    String body =
        "  UPDATE %s AS %s SET %s = %s WHERE %s AND %s.%s IS DISTINCT FROM %s;\n"
            .formatted(
                quote(lookedUp.table()),
                OWN,
                quote(derived.column()),
                value,
                matched((own, other) -> OWN + "." + own + " = NEW." + other),
                OWN,
                quote(derived.column()),
                value);
    return carries() ? List.of(carry(name).replace(body)) : List.of();
  }

  List<String> stopFollower(String name) {
    return carries() ? List.of(carry(name).replace("")) : List.of();
  }

  /** Else the value says whether there is a row at all, which only the matched columns decide. */
  private boolean carries() {
    return !lookedUp.columns().isEmpty();
  }

  /** Drops them. */
  static List<String> dropFollower(String name, LookedUp lookedUp) {
    return Stream.of(trigger(name + "_lock", lookedUp), trigger(name, lookedUp))
        .flatMap(t -> t.drop().stream())
        .toList();
  }

  private TriggerSql lock(String name) {
    return trigger(name + "_lock", lookedUp);
  }

  private TriggerSql carry(String name) {
    return trigger(name, lookedUp);
  }

  private static TriggerSql trigger(String name, LookedUp lookedUp) {
    return new TriggerSql(Identifiers.fit(name), lookedUp.from(), lookedUp.table(), true);
  }

  private String when() {
    return lookedUp.columns().stream()
        .map(column -> quote(column))
        .map(c -> "NEW." + c + " IS DISTINCT FROM OLD." + c)
        .collect(joining(" OR ", "WHEN (", ") "));
  }

  private String select(UnaryOperator<String> own) {
    String conditions =
        lookedUp.match().entrySet().stream()
            .map(e -> OTHER + "." + quote(e.getValue()) + " = " + own.apply(e.getKey()))
            .collect(joining(" AND "));
    return "SELECT %s FROM %s AS %s WHERE %s"
        .formatted(value(OTHER), quote(lookedUp.from()), OTHER, conditions);
  }

  /** The expression ends its own line: it may end in a comment. */
  private String value(String row) {
    Map<String, String> fields = new HashMap<>();
    lookedUp.columns().forEach(column -> fields.put(column, row + "." + quote(column)));
    String value = ColumnMentions.replace(derived.expression(), fields);
    return "(" + value + (value.contains("--") ? "\n" : "") + ")";
  }

  private String matched(Pair pair) {
    return lookedUp.match().entrySet().stream()
        .map(e -> pair.condition(quote(e.getKey()), quote(e.getValue())))
        .collect(joining(" AND "));
  }

  private interface Pair {
    String condition(String own, String other);
  }
}
