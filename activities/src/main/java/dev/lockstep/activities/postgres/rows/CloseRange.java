package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import java.sql.SQLException;

/** Fills a range where one look says that a row was left. */
final class CloseRange implements RangeCrew.Work {
  private final FillStatements statements;
  private final FillRange fill;

  CloseRange(FillStatements statements, FillRange fill) {
    this.statements = statements;
    this.fill = fill;
  }

  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    if (range.position().isPresent() || rowLeft(session, range)) {
      fill.on(session, range);
    } else {
      session.rows(statements.skip(range.number()));
    }
  }

  @Override
  public boolean interruptible() {
    return false;
  }

  private boolean rowLeft(Session session, RangeRecord range) throws SQLException {
    try {
      return !session.value(statements.count(Interval.of(range))).equals("0");
    } catch (SQLException e) {
      if (RowRefusal.isOfOneRow(e)) {
        // There is a row, and its expression fails: the batches find out which one.
        return true;
      }
      throw e;
    }
  }
}
