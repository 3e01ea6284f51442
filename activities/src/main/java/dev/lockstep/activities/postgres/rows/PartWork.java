package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;

/** Work on ranges of one part, which are done as soon as it is a part of its table no longer. */
final class PartWork implements RangeCrew.Work {
  private final Part part;
  private final RangeCrew.Work work;

  PartWork(Part part, RangeCrew.Work work) {
    this.part = part;
    this.work = work;
  }

  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    if (Parts.left(session, part.table())) {
      giveUp(session);
      return;
    }
    try {
      work.on(session, range);
    } catch (SQLException | ApplicationFailure e) {
      if (!left(session, e)) {
        throw e;
      }
      giveUp(session);
    }
  }

  /** A lost connection cannot be asked, and its own fault is the one to tell. */
  private boolean left(Session session, Exception cause) {
    try {
      return Parts.left(session, part.table());
    } catch (SQLException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private void giveUp(Session session) throws SQLException {
    session.rows(part.ledger().allDone());
  }

  @Override
  public boolean interruptible() {
    return work.interruptible();
  }
}
