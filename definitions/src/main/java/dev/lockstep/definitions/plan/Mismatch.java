package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Assignment;
import dev.lockstep.definitions.plan.Groups.Members;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong about a row, as SQL.
 *
 * <ol>
 *   <li>A row is right where every fresh column is what {@code up} gives, or every stale column is
 *       what {@code down} gives: a new client may have written what {@code up} cannot.
 *   <li>Where an expression may give another value the second time, or no old column follows the
 *       new one, only presence can be compared: {@code up} gives a value and the column has none.
 *   <li>A column that follows a row of another table is right where it equals it.
 *   <li>NULL in a column that must not be NULL is always wrong.
 * </ol>
 */
final class Mismatch {
  private final SqlDialect dialect;
  private final TableDraft draft;

  Mismatch(SqlDialect dialect, TableDraft draft) {
    this.dialect = dialect;
    this.draft = draft;
  }

  /** Whether the values themselves can be compared. */
  static boolean exact(Members group) {
    return group.followed() || compared(group);
  }

  private static boolean compared(Members group) {
    return !group.stale().isEmpty()
        && group.fresh().stream().allMatch(FreshColumn::comparable)
        && group.stale().stream().allMatch(StaleColumn::comparable);
  }

  /** True for a row of which this group is wrong. */
  String of(Members group) {
    List<String> wrong = new ArrayList<>();
    if (group.followed()) {
      wrong.add("NOT (" + up(group) + ")");
    } else if (exact(group)) {
      wrong.add("NOT ((" + up(group) + ") OR (" + down(group) + "))");
    }
    for (FreshColumn column : group.fresh()) {
      String missing = dialect.quote(column.stored()) + " IS NULL";
      if (column.notNull()) {
        wrong.add(missing);
      } else if (!exact(group)) {
        wrong.add("(" + missing + " AND (" + over(column.derived()) + ") IS NOT NULL)");
      }
    }
    return String.join(" OR ", wrong);
  }

  /**
   * True for a row in which a column under another name, which only the run writes, is not what
   * {@code up} gives.
   */
  String behind(FreshColumn fresh, String column) {
    return "NOT (" + equal(column, over(fresh.derived()), fresh.type()) + ")";
  }

  /** Takes the old side, and touches a column only where its own group is wrong. */
  Stream<Assignment> repair(Members group, boolean alone) {
    String wrong = of(group);
    return group.fresh().stream()
        .map(
            column -> {
              String up = over(column.derived());
              String stored = dialect.quote(column.stored());
              String value = exact(group) ? up : "coalesce(" + stored + ", " + up + ")";
              String guarded =
                  alone || !exact(group)
                      ? value
                      : "CASE WHEN " + wrong + " THEN " + value + " ELSE " + stored + " END";
              return new Assignment(column.stored(), guarded);
            });
  }

  /** What is compared, for people. */
  String meaning(Members group) {
    String fresh =
        group.fresh().stream()
            .map(f -> f.name() + " = " + f.said())
            .collect(Collectors.joining(", "));
    if (!exact(group)) {
      String names =
          group.fresh().stream().map(FreshColumn::name).collect(Collectors.joining(", "));
      return names + " has a value wherever its expression gives one (presence only)";
    }
    if (group.followed()) {
      return fresh + (group.fresh().stream().anyMatch(FreshColumn::notNull) ? ", never NULL" : "");
    }
    String stale = group.stale().stream().map(StaleColumn::name).collect(Collectors.joining(", "));
    return fresh + ", or " + stale + " follow from what a new client wrote";
  }

  private String up(Members group) {
    return group.fresh().stream()
        .map(f -> equal(f.stored(), over(f.derived()), f.type()))
        .collect(Collectors.joining(" AND "));
  }

  private String down(Members group) {
    return group.stale().stream()
        .map(s -> equal(s.name(), over(s.now(draft.fate)), s.type()))
        .collect(Collectors.joining(" AND "));
  }

  /** Through the column's type: storing may have rounded the value. */
  private String equal(String column, String expression, String type) {
    String stored = dialect.quote(column);
    String value = "CAST((" + expression + ") AS " + type + ")";
    if (!dialect.comparable(type)) {
      return "CAST(" + stored + " AS text) IS NOT DISTINCT FROM CAST(" + value + " AS text)";
    }
    return stored + collation(type) + " IS NOT DISTINCT FROM " + value;
  }

  /**
   * Two columns of different collations cannot be compared without saying how; by bytes is right
   * for a value that was copied.
   */
  private String collation(String type) {
    return collated(draft, type) ? " COLLATE \"C\"" : "";
  }

  /** Whether a column of that type may have a collation that calls different texts equal. */
  static boolean collated(TableDraft draft, String type) {
    String base = TypeSpelling.base(type);
    boolean text = base.startsWith("text") || base.startsWith("character");
    return text && draft.table.columns().stream().anyMatch(c -> c.collation().isPresent());
  }

  private String over(Derived derived) {
    return dialect.over(derived);
  }
}
