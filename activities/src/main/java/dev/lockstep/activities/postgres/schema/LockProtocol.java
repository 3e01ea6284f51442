package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * How a step gets its table locks without making clients wait behind it.
 *
 * <ol>
 *   <li>Look who has a lock that conflicts, or queues for one. Where one of their transactions is
 *       older than the longest wait allowed, do not queue at all: it is unlikely to end within the
 *       wait, and every client would queue behind. The engine tries again later. Where the
 *       definition asks for it, {@link Blockers} ends who has such a lock; then queue.
 *   <li>Else queue, at the first try for {@link #FIRST_WAIT}, twice as long at each further one,
 *       never longer than {@code limits.lockTimeout}; that is for all locks of the step together,
 *       because the clients of the first table wait while the step waits for the last. So it is for
 *       a table and its partitions, which the server would give a whole wait each.
 *   <li>Several tables are locked in an order that {@link LockOrder} knows.
 * </ol>
 *
 * <p>Keeps: no client ever waits behind a step of Lockstep for longer than {@code lockTimeout} for
 * a lock, and every refusal names who is in the way.
 */
final class LockProtocol {
  /** Short enough that no client notices the first try. */
  static final Duration FIRST_WAIT = Duration.ofMillis(50);

  /** lock_not_available. */
  static final String REFUSED = "55P03";

  private static final int NAMED_HOLDERS = 3;

  private final StepScope scope;
  private final Reporter reporter;
  private final Blockers blockers;
  private final LockOrder order;
  private final List<String> notes = new ArrayList<>();

  LockProtocol(StepScope scope, Reporter reporter) {
    this.scope = scope;
    this.reporter = reporter;
    this.blockers = new Blockers(scope, reporter);
    this.order = new LockOrder(reporter.attempt());
  }

  /** Step 1. To be called outside of a transaction. */
  void look(Handle handle, List<TableLock> locks) {
    List<Obstacle> obstacles = new ArrayList<>();
    for (TableLock lock : locks) {
      List<LockHolder> inTheWay =
          LockHolders.find(handle, lock).stream()
              .filter(holder -> !Autovacuum.stopped(handle, holder))
              .filter(this::notWorthWaiting)
              .toList();
      if (!inTheWay.isEmpty()) {
        obstacles.add(new Obstacle(lock, inTheWay));
      }
    }
    if (!obstacles.isEmpty()) {
      Blockers.Outcome outcome = clear(handle, obstacles);
      notes.addAll(outcome.notes());
      if (!outcome.clear()) {
        throw refused(obstacles.get(0), "not queued for");
      }
    }
  }

  private Blockers.Outcome clear(Handle handle, List<Obstacle> obstacles) {
    List<LockHolder> holders = obstacles.stream().flatMap(o -> o.holding().stream()).toList();
    if (!blockers.wanted() || holders.isEmpty()) {
      return new Blockers.Outcome(false, List.of());
    }
    if (holders.stream().anyMatch(holder -> holder.pid().isEmpty())) {
      return new Blockers.Outcome(false, List.of(Blockers.PREPARED));
    }
    String tables =
        obstacles.stream().map(o -> o.lock().table().toString()).collect(Collectors.joining(", "));
    return blockers.end(
        handle, blockers.look(handle, pids(holders)), reporter.elapsed(), "its lock on " + tables);
  }

  private static List<Integer> pids(List<LockHolder> holders) {
    return holders.stream().flatMap(holder -> holder.pid().stream()).distinct().toList();
  }

  /**
   * Step 2, in the step's transaction. A table that is not there, because the step makes it or an
   * undone step made it, needs no lock.
   *
   * @return the longest wait
   */
  Duration acquire(Handle transaction, List<TableLock> locks) {
    Duration longest = order.acquire(transaction, locks, wait(attempt()));
    limitWaits(transaction);
    return longest;
  }

  /** Limits every wait for a lock in the transaction. */
  void limitWaits(Handle transaction) {
    order.limitWaits(transaction, wait(attempt()));
  }

  /**
   * The failure of a wait that was too long, with those who are in the way now; the first of the
   * locks where nobody is any more.
   */
  ApplicationFailure tooLong(Handle handle, List<TableLock> locks) {
    String how = "not acquired within " + DurationText.of(order.latest());
    for (TableLock lock : locks) {
      List<LockHolder> holders = LockHolders.find(handle, lock);
      if (!holders.isEmpty()) {
        Obstacle obstacle = new Obstacle(lock, holders);
        if (blockers.wanted()) {
          List<Blocker> found = blockers.look(handle, pids(obstacle.holding()));
          notes.addAll(blockers.reasons(handle, found, reporter.elapsed()));
        }
        return refused(obstacle, how);
      }
    }
    String what = locks.stream().findFirst().map(lock -> "lock on " + lock.table()).orElse("lock");
    return failure(what + " " + how + " (attempt " + attempt() + "), free again by now" + said());
  }

  /** Both steps, and acts in the transaction that has the locks. */
  void within(Handle handle, List<TableLock> locks, Consumer<Handle> act) {
    waiting(
        handle,
        locks,
        transaction -> {
          acquire(transaction, locks);
          act.accept(transaction);
        });
  }

  /** Both steps where the statements of {@code act}, in its transaction, take the locks. */
  void waiting(Handle handle, List<TableLock> locks, Consumer<Handle> act) {
    look(handle, locks);
    try {
      handle.useTransaction(
          transaction -> {
            limitWaits(transaction);
            act.accept(transaction);
          });
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(REFUSED::equals).isPresent()) {
        throw tooLong(handle, locks);
      }
      throw e;
    }
  }

  private Duration wait(int attempt) {
    Duration limit = scope.limits().lockTimeout();
    // After ten doublings any limit in use is passed; more would overflow in the end.
    Duration graded = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 10));
    return graded.compareTo(limit) < 0 ? graded : limit;
  }

  private int attempt() {
    return reporter.attempt();
  }

  private boolean notWorthWaiting(LockHolder holder) {
    return switch (holder.kind()) {
      case CLIENT, QUEUED_CLIENT -> holder.olderThan(scope.limits().lockTimeout());
      case AUTOVACUUM, WRAPAROUND_AUTOVACUUM -> true;
    };
  }

  private ApplicationFailure refused(Obstacle obstacle, String how) {
    List<LockHolder> holders = obstacle.holders();
    String names =
        holders.stream()
            .limit(NAMED_HOLDERS)
            .map(LockHolder::toString)
            .collect(Collectors.joining(", "));
    int more = holders.size() - Math.min(holders.size(), NAMED_HOLDERS);
    return failure(
        "lock on "
            + obstacle.lock().table()
            + " "
            + how
            + " (attempt "
            + attempt()
            + ", limit "
            + DurationText.of(scope.limits().lockTimeout())
            + "), held by "
            + names
            + (more > 0 ? " and " + more + " more" : "")
            + said());
  }

  /** What was done about those in the way, or why it was not. */
  private String said() {
    int more = notes.size() - Math.min(notes.size(), NAMED_HOLDERS);
    return notes.stream()
            .limit(NAMED_HOLDERS)
            .map(note -> "; " + note)
            .collect(Collectors.joining())
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private ApplicationFailure failure(String message) {
    reporter.last(new Progress(scope.step(), 0, 0, 0, Optional.empty(), List.of(message)));
    return Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, message, scope.step());
  }

  private record Obstacle(TableLock lock, List<LockHolder> holders) {
    /** Without those who only queue. */
    List<LockHolder> holding() {
      return holders.stream()
          .filter(holder -> holder.kind() != LockHolder.Kind.QUEUED_CLIENT)
          .toList();
    }
  }
}
