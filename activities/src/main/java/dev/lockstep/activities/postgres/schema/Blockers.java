package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.ledger.EndedSessions.How;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Ends the sessions of others that keep a step from going on, where the definition asks for it.
 *
 * <ol>
 *   <li>Nobody, unless it was asked for and the step has waited for the time asked for.
 *   <li>Look at each session anew and ask {@link BlockerGuards}. Parallel workers go with their
 *       leader.
 *   <li>Where one is spared, all are: the others would be ended in vain.
 *   <li>{@link SessionEnd} each: the idle at once; of one at work its query is cancelled first, and
 *       the session is ended where its transaction has survived that for {@link #CANCEL_GRACE}.
 *   <li>Tell it.
 * </ol>
 */
final class Blockers {
  /** A query notices that it is cancelled within milliseconds, unless it hangs. */
  static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

  /** What is said of the one that has no session. */
  static final String PREPARED = "nobody is ended: a prepared transaction is left to people";

  private static final String PARALLEL_WORKER = "parallel worker";

  private final StepScope scope;
  private final Reporter reporter;
  private final BlockerTermination wanted;
  private final BlockerGuards guards;

  Blockers(StepScope scope, Reporter reporter) {
    this.scope = scope;
    this.reporter = reporter;
    this.wanted = scope.limits().blockersOrNone();
    this.guards = new BlockerGuards(wanted);
  }

  /**
   * What came of it.
   *
   * @param clear whether nobody stands in the way any more, as far as can be told at once
   * @param notes who was ended, or who is spared and why; for people
   */
  record Outcome(boolean clear, List<String> notes) {}

  /** Whether it was asked for at all. */
  boolean wanted() {
    return wanted.sessions() != BlockerTermination.Sessions.NONE;
  }

  /** The sessions as they are now. */
  List<Blocker> look(Handle handle, Collection<Integer> pids) {
    return BlockerQuery.find(handle, pids, wanted.applicationName().orElse("%")).stream()
        .filter(blocker -> !blocker.identity().kind().equals(PARALLEL_WORKER))
        .toList();
  }

  /**
   * Ends all of them, or none.
   *
   * @param waited how long the step has been waiting
   * @param what the step wants, for people
   */
  Outcome end(Handle handle, List<Blocker> blockers, Duration waited, String what) {
    List<String> soon = tooSoon(waited);
    if (!soon.isEmpty()) {
      return new Outcome(false, soon);
    }
    SessionEnd end = new SessionEnd(handle, scope, what);
    List<String> spared = spared(handle, end, blockers);
    return spared.isEmpty() ? carryOut(handle, end, blockers) : new Outcome(false, spared);
  }

  /** Why nobody would be ended now; ends nobody. */
  List<String> reasons(Handle handle, List<Blocker> blockers, Duration waited) {
    List<String> soon = tooSoon(waited);
    return soon.isEmpty() ? spared(handle, new SessionEnd(handle, scope, ""), blockers) : soon;
  }

  private List<String> tooSoon(Duration waited) {
    String time = DurationText.of(wanted.after());
    return waited.compareTo(wanted.after()) < 0
        ? List.of("nobody is ended before the step has waited for " + time)
        : List.of();
  }

  private List<String> spared(Handle handle, SessionEnd end, List<Blocker> blockers) {
    List<String> spared = new ArrayList<>();
    for (Blocker blocker : blockers) {
      guards
          .reason(blocker)
          .or(() -> cancelledLately(handle, end, blocker))
          .ifPresent(why -> spared.add("spared pid " + blocker.identity().pid() + ": it " + why));
    }
    return spared;
  }

  private static Optional<String> cancelledLately(Handle handle, SessionEnd end, Blocker blocker) {
    return end.cancelled(handle, blocker)
        .filter(ago -> ago.compareTo(CANCEL_GRACE) < 0 && !blocker.doing().idle())
        .map(ago -> "was cancelled a moment ago and has not noticed yet");
  }

  private static How how(Handle handle, SessionEnd end, Blocker blocker) {
    return blocker.doing().idle() || end.cancelled(handle, blocker).isPresent()
        ? How.TERMINATED
        : How.CANCELLED;
  }

  private Outcome carryOut(Handle handle, SessionEnd end, List<Blocker> blockers) {
    List<String> notes = new ArrayList<>();
    boolean clear = true;
    for (Blocker blocker : blockers) {
      SessionEnd.Answer answer = end.end(handle, blocker, how(handle, end, blocker));
      clear &= answer.gone();
      notes.add(answer.note());
    }
    if (!notes.isEmpty()) {
      reporter.last(new Progress(scope.step(), 0, 0, 0, Optional.empty(), notes));
    }
    return new Outcome(clear, notes);
  }
}
