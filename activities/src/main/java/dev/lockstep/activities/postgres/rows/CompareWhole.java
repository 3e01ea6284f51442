package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares a small table, or a small partition, by one statement: the server then reads its pages
 * one after the other and needs no index for it, which takes two thirds of the time.
 *
 * <ol>
 *   <li>One statement is one snapshot: no row is missed, wherever others carry it meanwhile.
 *   <li>The statement has a time limit, since a signal of the database's health or a pause can have
 *       its say only between two of them, and vacuum removes nothing that its snapshot may see.
 *   <li>It decides only where no row is wrong, or where few are and are put right. Else the part is
 *       divided into ranges, which find out about it as those of a large one do.
 * </ol>
 */
final class CompareWhole implements RangeCrew.Work {
  /** With what is stored beside the rows; one that is larger is not tried. */
  static final ByteCount MOST = ByteCount.ofMebibytes(1024);

  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Of the statement that took too long, or of one row. */
  private static final Set<String> UNDECIDED =
      Set.of(FaultCode.ROW_REFUSED.name(), FaultCode.TRANSACTION_CONFLICTED.name());

  private final String step;
  private final CompareRange whole;
  private final FillRange.Pace pace;
  private final FillRange.Pace own;
  private final AtomicLong wrong = new AtomicLong();
  private final Runnable undecided;

  /**
   * A comparison.
   *
   * @param undecided called where ranges have to decide
   */
  CompareWhole(
      Comparison comparison, FillRange.Pace pace, Optional<RepairFew> repair, Runnable undecided) {
    this.step = comparison.ledger().step();
    this.pace = pace;
    this.own = pace.uncounted();
    this.whole = new CompareRange(comparison, own, repair, wrong);
    this.undecided = undecided;
  }

  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    if (!pace.brake().release(Duration.ZERO, "")) {
      return;
    }
    try {
      whole.compare(session, range);
    } catch (SQLException e) {
      ApplicationFailure failure = PostgresFaults.translate(e, step);
      if (pace.brake().isStopped() || !UNDECIDED.contains(failure.getType())) {
        throw failure;
      }
      undecided.run();
      return;
    }
    if (wrong.get() > 0) {
      undecided.run();
    } else {
      pace.tally().add(own.tally().rows());
    }
  }

  @Override
  public boolean interruptible() {
    return true;
  }
}
