package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.rows.FillStatements.Batch;
import dev.lockstep.activities.postgres.rows.FillStatements.Patience;
import dev.lockstep.activities.postgres.rows.StepLedger.Standing;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fills the rows of ranges, batch by batch. One worker's; not safe for several threads.
 *
 * <ol>
 *   <li>The end of the next batch is found.
 *   <li>One message notes that the batch begins, and then, in one transaction, changes the rows and
 *       moves the range's position. The server carries it out to the end even where this process
 *       dies meanwhile.
 *   <li>A batch that a row's error or a row's lock stops is rolled back; half of it is tried, and
 *       half of that, down to the one row, which the fault then names. What is committed stays.
 *       Only a batch of one row waits for the whole lock timeout: it holds no other row.
 *   <li>In a backfill, a row that is refused for itself is set aside and passed over: {@link
 *       SetAside}. In a repair it is the fault.
 * </ol>
 */
final class FillRange implements RangeCrew.Work {
  private final FillStatements statements;
  private final BatchFinder finder;
  private final RowRefusal refusal;
  private final Pace pace;
  private final Patiences patiences;
  private final BatchServo servo;
  private final OnRefusal onRefusal;
  private Duration cost = Duration.ZERO;

  /** What a row that is refused means. */
  enum OnRefusal {
    SET_ASIDE,
    FAIL
  }

  /** What the workers of a step share. */
  record Pace(Brake brake, Pacer pacer, RowTally tally, Limits limits) {
    /** The same for work that is not what the step's progress is about. */
    Pace uncounted() {
      return new Pace(brake, pacer, tally.aside(), limits);
    }

    /** Waits until the next batch may begin. */
    boolean release(Duration cost) {
      return brake.release(
          cost, limits.maxRowsPerSecond().map(rate -> "limit of " + rate + " rows").orElse(""));
    }
  }

  FillRange(FillStatements statements, WalkedTable table, Pace pace, OnRefusal onRefusal) {
    this.statements = statements;
    this.finder = new BatchFinder(statements, table);
    this.refusal = new RowRefusal(table, statements.step());
    this.pace = pace;
    this.onRefusal = onRefusal;
    this.patiences = new Patiences(pace.limits());
    this.servo = new BatchServo(pace.limits().batchDuration());
  }

  @Override
  public void on(Session session, RangeRecord range) throws SQLException {
    Walk walk = new Walk(session, range);
    while (walk.open && pace.release(cost)) {
      walk.step();
    }
    if (walk.narrowing.active()) {
      session.rows(statements.release(range.number()));
    }
  }

  @Override
  public boolean interruptible() {
    return false;
  }

  /** One range, from where it stands to its end. */
  private final class Walk {
    private final Session session;
    private final int number;
    private final Narrowing narrowing = new Narrowing();
    private Optional<Key> position;
    private Interval left;
    private boolean open = true;

    Walk(Session session, RangeRecord range) {
      this.session = session;
      this.number = range.number();
      this.position = range.position().map(Key::parse);
      this.left = Interval.left(range);
    }

    void step() throws SQLException {
      BatchFinder.Size size = new BatchFinder.Size(servo.size(pace.pacer().mostRows()), narrowing);
      Batch batch = finder.find(session, left, size);
      try {
        fill(batch, size);
      } catch (SQLException e) {
        ApplicationFailure failure = PostgresFaults.translate(e, statements.step());
        if (!RowRefusal.isOfOneRow(e)) {
          throw failure;
        }
        if (narrowing.atOneRow()) {
          passOver(batch, named(batch, failure));
        } else {
          narrowing.failed(batch.end(), finder.mostRows(size));
          servo.startAgain();
        }
      }
    }

    private void passOver(Batch batch, ApplicationFailure failure) throws SQLException {
      if (onRefusal == OnRefusal.FAIL || !SetAside.accepts(failure)) {
        session.rows(statements.release(number));
        throw failure;
      }
      String noted = only(session.values(statements.setAside(standing(), batch, failure)));
      pace.brake().note("set aside, to be tried again: " + failure.getOriginalMessage());
      done(batch);
      if (Long.parseLong(noted) > SetAside.MOST) {
        throw SetAside.tooMany(failure, statements.step());
      }
    }

    private void fill(Batch batch, BatchFinder.Size size) throws SQLException {
      long start = System.nanoTime();
      String counted = only(session.values(statements.fill(standing(), batch, patience())));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      servo.took(took, size.rows());
      long rows = Long.parseLong(counted);
      pace.tally().add(rows);
      cost = pace.pacer().charge(rows, took);
      done(batch);
    }

    private void done(Batch batch) {
      narrowing.done(batch.end());
      position = Optional.of(batch.end());
      left = left.startingAfter(position);
      open = !batch.last();
    }

    private String only(List<String> values) {
      return values.stream().findFirst().orElseThrow(this::workedOnElsewhere);
    }

    private Standing standing() {
      return new Standing(number, position);
    }

    /** By a call that was given up: it stops as soon as it learns that. */
    private ApplicationFailure workedOnElsewhere() {
      return Faults.failure(
          FaultCode.TRANSACTION_CONFLICTED,
          "another process works on range " + number,
          statements.step());
    }

    private Patience patience() {
      return narrowing.atOneRow() ? patiences.ofOneRow() : patiences.ofManyRows();
    }

    private ApplicationFailure named(Batch batch, ApplicationFailure failure) {
      return failure.getType().equals(FaultCode.LOCK_NOT_ACQUIRED.name())
          ? refusal.ofLocked(session, batch.interval(), patience().lock(), failure)
          : refusal.of(batch.end(), failure);
    }
  }
}
