package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.health.Health;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on ranges with a few connections at a time.
 *
 * <ol>
 *   <li>Each worker takes the next range that nobody has, until none is left; for the ranges of one
 *       part its work is one object.
 *   <li>The database's health is looked at in a thread of its own, once before the workers begin.
 *   <li>The calling thread reports, and learns that the activity shall stop; then every worker ends
 *       after its batch.
 *   <li>A range that somebody else's lock keeps from going on is left, and the others are worked
 *       off first; then the call fails with that fault, and the next call goes on there.
 *   <li>A worker that gets no connection leaves the ranges to the others. Only where some are left
 *       in the end, its fault is the call's.
 *   <li>Any other fault stops all workers.
 * </ol>
 */
final class RangeCrew {
  private static final long TICK_MILLIS = 200;
  private static final Set<String> IN_THE_WAY =
      Set.of(FaultCode.LOCK_NOT_ACQUIRED.name(), FaultCode.TRANSACTION_CONFLICTED.name());

  private static final Logger LOG = LoggerFactory.getLogger(RangeCrew.class);

  private final Jdbi jdbi;
  private final String step;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Queue<ApplicationFailure> left = new ConcurrentLinkedQueue<>();
  private final Queue<ApplicationFailure> faults = new ConcurrentLinkedQueue<>();
  private final Queue<ApplicationFailure> unconnected = new ConcurrentLinkedQueue<>();

  /** What a worker does with one range; it returns early where the brake says so. */
  interface Work {
    void on(Session session, RangeRecord range) throws SQLException;

    /** Whether its statements only read and may be long, so that a stop breaks them off. */
    boolean interruptible();
  }

  /** What goes on beside the workers. */
  record Watchers(Reporter reporter, Health health, Brake brake, RowTally tally) {}

  /** Something that the calling thread waits for, reporting. */
  private interface Awaited {
    boolean within(long millis) throws InterruptedException;
  }

  RangeCrew(Jdbi jdbi, String step) {
    this.jdbi = jdbi;
    this.step = step;
  }

  /**
   * Works all ranges off.
   *
   * @param each makes the work of one worker on one part
   */
  void work(List<Portion> ranges, int workers, Function<Part, Work> each, Watchers watchers) {
    Queue<Portion> open = new ConcurrentLinkedQueue<>(ranges);
    CountDownLatch ended = new CountDownLatch(Math.min(workers, ranges.size()));
    List<Thread> threads = new ArrayList<>();
    try (Lookout lookout = Lookout.over(watchers.health(), jdbi)) {
      watch(lookout::hasLooked, watchers);
      for (long number = ended.getCount(); number > 0; number--) {
        Thread thread =
            new Thread(
                () -> workOff(open, each, watchers.brake(), ended), "lockstep-rows-" + number);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
      report(watchers);
      watch(millis -> ended.await(millis, TimeUnit.MILLISECONDS), watchers);
    } finally {
      watchers.brake().stop();
      threads.forEach(this::end);
    }
    if (!open.isEmpty()) {
      left.addAll(unconnected);
    }
    throwFaults();
  }

  private static void watch(Awaited awaited, Watchers watchers) {
    try {
      while (!awaited.within(TICK_MILLIS)) {
        report(watchers);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void report(Watchers watchers) {
    SortedMap<String, Long> readings = new TreeMap<>(watchers.health().readings());
    watchers.tally().batchRows().ifPresent(rows -> readings.put(Progress.BATCH_ROWS, rows));
    watchers
        .reporter()
        .progress(watchers.tally().progress(watchers.brake().waitingFor()).with(readings));
  }

  private void workOff(
      Queue<Portion> open, Function<Part, Work> each, Brake brake, CountDownLatch ended) {
    try (Handle handle = jdbi.open()) {
      Session session = Session.over(handle);
      Map<Part, Work> works = new HashMap<>();
      @Nullable Portion portion = open.poll();
      while (portion != null && !brake.isStopped()) {
        Work work = works.computeIfAbsent(portion.part(), each);
        if (work.interruptible()) {
          sessions.add(session);
        }
        workOn(session, portion.range(), work);
        portion = open.poll();
      }
    } catch (ConnectionException e) {
      unconnected.add(PostgresFaults.translate(e, step));
    } catch (SQLException | RuntimeException e) {
      fail(e, brake);
    } catch (Error e) {
      // Nobody else would learn that this thread is gone and that its range is not done.
      fail(new IllegalStateException("a worker broke down: " + e, e), brake);
    } finally {
      ended.countDown();
    }
  }

  private void fail(Exception e, Brake brake) {
    faults.add(PostgresFaults.translate(e, step));
    brake.stop();
  }

  private void workOn(Session session, RangeRecord range, Work work) throws SQLException {
    try {
      work.on(session, range);
    } catch (ApplicationFailure e) {
      if (!IN_THE_WAY.contains(e.getType())) {
        throw e;
      }
      left.add(e);
    }
  }

  private void throwFaults() {
    List<ApplicationFailure> all = new ArrayList<>(faults);
    all.addAll(left);
    if (!all.isEmpty()) {
      ApplicationFailure first = all.get(0);
      all.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private void end(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join(TICK_MILLIS);
        if (thread.isAlive()) {
          breakOff();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void breakOff() {
    for (Session session : sessions) {
      try {
        session.cancel();
      } catch (SQLException e) {
        LOG.debug("a statement could not be broken off", e);
      }
    }
  }
}
