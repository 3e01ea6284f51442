package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.rows.FillStatements.Batch;
import java.sql.SQLException;
import java.util.Optional;

/** Finds where the next batch ends. */
final class BatchFinder {
  /** A guess at narrow rows in pages of 8 KiB; the servo corrects it. */
  private static final long ROWS_A_PAGE = 50;

  private final FillStatements statements;
  private final WalkedTable table;
  private final Stride stride = new Stride();

  BatchFinder(FillStatements statements, WalkedTable table) {
    this.statements = statements;
    this.table = table;
  }

  /**
   * What a batch shall have.
   *
   * @param rows where no search is on
   */
  record Size(long rows, Narrowing narrowing) {
    /** Rows of the batch, or of its place in the search. */
    long wanted() {
      return narrowing.active() ? narrowing.size() : rows;
    }
  }

  /**
   * The next batch.
   *
   * @param left what is left of the range; it has an end
   */
  Batch find(Session session, Interval left, Size size) throws SQLException {
    if (table.physical() && !size.narrowing().active()) {
      long page = left.after().map(Places::page).orElse(0L);
      return upTo(left, Places.before(page + pages(size.rows())));
    }
    Optional<Key> guess =
        size.narrowing().active() ? Optional.empty() : stride.guess(left, size.rows());
    return guess.isPresent() ? upTo(left, guess.get()) : counted(session, left, size);
  }

  private Batch counted(Session session, Interval left, Size size) throws SQLException {
    Interval searched = size.narrowing().within(left);
    Optional<Key> end =
        session.values(statements.findEnd(searched, size.wanted())).stream()
            .findFirst()
            .map(Key::parse);
    if (table.numbered()) {
      end.ifPresent(key -> stride.counted(left, key, size.wanted()));
    }
    return upTo(left, end.or(searched::upTo).orElseThrow());
  }

  /** How many rows a batch of that size may have had. */
  long mostRows(Size size) {
    return table.physical() && !size.narrowing().active()
        ? pages(size.rows()) * Places.MOST_ROWS_A_PAGE
        : size.wanted();
  }

  private static long pages(long size) {
    return Math.max(1, size / ROWS_A_PAGE);
  }

  private Batch upTo(Interval left, Key bound) {
    Key high = left.upTo().orElseThrow();
    boolean last =
        bound.equals(high) || (table.physical() && Places.page(bound) >= Places.page(high));
    return new Batch(left.endingAt(Optional.of(last ? high : bound)), last);
  }
}
