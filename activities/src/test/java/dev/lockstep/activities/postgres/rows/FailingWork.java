package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import java.sql.SQLException;

/** Work on any range that fails in the way of a test. */
record FailingWork(Failure failure) implements RangeCrew.Work {
  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    failure.on(session);
  }

  @Override
  public boolean interruptible() {
    return false;
  }

  /** What fails. */
  interface Failure {
    void on(Session session) throws SQLException;
  }
}
