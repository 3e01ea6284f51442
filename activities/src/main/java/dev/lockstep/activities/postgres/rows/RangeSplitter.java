package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.Quoted;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Splits the rows that a table has now into ranges of about equal size.
 *
 * <ol>
 *   <li>Keys: those of some pages, taken at random, are sorted, and every n-th is a bound. This
 *       needs no statistics, and works for every type and every number of columns. The last range
 *       ends at the highest key of now: rows above it come with the trigger's values.
 *   <li>Places: the pages of now, evenly.
 * </ol>
 */
final class RangeSplitter {
  /** Enough for bounds that are off by a few percent; about 40,000 narrow rows to sort. */
  private static final long SAMPLED_PAGES = 300;

  private static final long SAMPLED_PAGES_A_RANGE = 4;

  /** A guess that only decides how many pages are sampled. */
  private static final long NARROW_ROWS_A_PAGE = 100;

  private final WalkedTable table;
  private final Shape shape;

  /**
   * How to split.
   *
   * @param rowsEach what a range should have
   * @param most ranges
   */
  record Shape(long rowsEach, int most) {}

  RangeSplitter(WalkedTable table, Shape shape) {
    this.table = table;
    this.shape = shape;
  }

  /** The ranges; none for a table without rows. The transaction is the caller's. */
  List<RangeRecord> split(Session session) throws SQLException {
    session.rows(Sql.settings(WalkedTable.WALK));
    long pages = pages(session);
    return table.physical() ? byPages(session, pages) : byKeys(session, pages);
  }

  private List<RangeRecord> byPages(Session session, long pages) throws SQLException {
    if (pages == 0) {
      return List.of();
    }
    String count = "SELECT count(*) FROM " + sample(pages);
    double rows = Long.parseLong(session.value(count)) * 100 / percent(pages);
    double wanted = Math.ceil(rows / shape.rowsEach());
    return RangeBounds.ofPages(pages, (int) Math.max(1, Math.min(shape.most(), wanted)));
  }

  private List<RangeRecord> byKeys(Session session, long pages) throws SQLException {
    List<Key> bounds = bounds(session, pages);
    // The bounds first: the top is then not before any bound whose row is still there.
    Optional<Key> top = top(session);
    return top.map(key -> RangeBounds.between(bounds, key)).orElse(List.of());
  }

  private long pages(Session session) throws SQLException {
    return Long.parseLong(
        session.value(
            "SELECT pg_relation_size(%s::regclass) / current_setting('block_size')::bigint"
                .formatted(Quoted.text(Quoted.name(table.relation())))));
  }

  private String sample(long pages) {
    return "%s TABLESAMPLE SYSTEM (%s)".formatted(table.reference(), percent(pages));
  }

  private double percent(long pages) {
    long ranges = Math.min(shape.most(), pages * NARROW_ROWS_A_PAGE / shape.rowsEach());
    long sampled = Math.max(SAMPLED_PAGES, SAMPLED_PAGES_A_RANGE * ranges);
    return pages <= sampled ? 100 : 100.0 * sampled / pages;
  }

  private List<Key> bounds(Session session, long pages) throws SQLException {
    String sql =
        """
        SELECT key FROM (
          SELECT %1$s AS key, row_number() OVER (ORDER BY %2$s) AS place, count(*) OVER () AS total
          FROM %3$s) AS sample
        WHERE place %% greatest(ceil(total / least(%4$s, greatest(1,
          round(total * (100 / %5$s::float8) / %6$s))))::bigint, 1) = 0 AND place < total
        ORDER BY place
        """
            .formatted(
                table.keyText(),
                table.ascending(),
                sample(pages),
                shape.most(),
                percent(pages),
                shape.rowsEach());
    return session.values(sql).stream().map(Key::parse).toList();
  }

  /** The highest key of now; not for a table that is walked by place. */
  Optional<Key> top(Session session) throws SQLException {
    return session
        .values(
            "SELECT %s FROM %s ORDER BY %s LIMIT 1"
                .formatted(table.keyText(), table.reference(), table.descending()))
        .stream()
        .map(Key::parse)
        .findFirst();
  }
}
