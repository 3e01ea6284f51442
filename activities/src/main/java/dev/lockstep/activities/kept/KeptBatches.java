package dev.lockstep.activities.kept;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Sets values from a side table, a short transaction a batch, along the key. Only rows that have no
 * value yet are written, so that a second pass writes nothing.
 */
record KeptBatches(Transactions transactions, SideTable side, List<DroppedData.Column> columns) {
  private static final int FIRST_ROWS = 1000;
  private static final int FEWEST_ROWS = 100;
  private static final int MOST_ROWS = 50_000;

  /** Rows are locked for as long, as in a backfill. */
  private static final Duration BATCH = Duration.ofMillis(500);

  /**
   * Does it.
   *
   * @param done told how many kept rows are behind
   */
  void fill(LongConsumer done) {
    List<String> from = List.of();
    long behind = 0;
    int rows = FIRST_ROWS;
    boolean more = true;
    while (more) {
      List<String> after = from;
      int count = rows;
      List<String> last = transactions.run(handle -> bound(handle, after, count));
      more = !last.isEmpty();
      long began = System.nanoTime();
      transactions.run(
          handle -> {
            PlainSql.run(handle, update(after, last));
            return true;
          });
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      from = last;
      behind += rows;
      done.accept(behind);
      rows = next(rows, took);
    }
  }

  private static int next(int rows, Duration took) {
    int wished = took.compareTo(BATCH) > 0 ? rows / 2 : rows * 2;
    boolean slow = took.compareTo(BATCH) > 0;
    boolean fast = took.compareTo(BATCH.dividedBy(3)) < 0;
    return slow || fast ? Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, wished)) : rows;
  }

  /** The key of the last row of the next batch, as text; empty: what is left is less. */
  private List<String> bound(Handle handle, List<String> after, int rows) throws SQLException {
    String key =
        side.key().stream()
            .map(column -> "s." + Quoted.name(column.name()) + "::text")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + key
            + " FROM "
            + side.quoted()
            + " s"
            + (after.isEmpty() ? "" : " WHERE " + compared(">", after))
            + " ORDER BY "
            + side.keyList("s.")
            + " LIMIT 1 OFFSET "
            + (rows - 1);
    try (Statement statement = handle.getConnection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      if (row.next()) {
        for (int i = 1; i <= side.key().size(); i++) {
          values.add(row.getString(i));
        }
      }
      return values;
    }
  }

  private String update(List<String> after, List<String> last) {
    String set =
        columns.stream()
            .map(it -> Quoted.name(it.name()) + " = s." + Quoted.name(side.column(it)))
            .collect(Collectors.joining(", "));
    List<String> where = new ArrayList<>(List.of(side.sameKey()));
    where.add("num_nonnulls(" + list("t.", DroppedData.Column::name) + ") = 0");
    where.add("num_nonnulls(" + list("s.", side::column) + ") > 0");
    if (!after.isEmpty()) {
      where.add(compared(">", after));
    }
    if (!last.isEmpty()) {
      where.add(compared("<=", last));
    }
    return "UPDATE %s t SET %s FROM %s s WHERE %s"
        .formatted(
            Quoted.name(side.kept().table()), set, side.quoted(), String.join(" AND ", where));
  }

  private String list(String prefix, Function<DroppedData.Column, String> called) {
    return columns.stream()
        .map(column -> prefix + Quoted.name(called.apply(column)))
        .collect(Collectors.joining(", "));
  }

  private String compared(String operator, List<String> values) {
    List<String> typed = new ArrayList<>();
    List<KeyColumn> key = side.key();
    for (int i = 0; i < key.size(); i++) {
      typed.add("CAST(" + Quoted.text(values.get(i)) + " AS " + key.get(i).type() + ")");
    }
    return "(%s) %s (%s)".formatted(side.keyList("s."), operator, String.join(", ", typed));
  }
}
