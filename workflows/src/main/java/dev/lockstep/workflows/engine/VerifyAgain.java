package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Verifies all rows again while a run waits at a gate, and once more directly before contract where
 * the last verification does not count any more: {@link Verified} has the times.
 *
 * <ol>
 *   <li>The verifications of all tables are repeated, one after the other, without repair.
 *   <li>What ends the wait ends a repetition that is under way; the last one that came to its end
 *       counts. A pause ends it too; new limits do not, it goes on with them.
 *   <li>A row that differs is a fault, and so is everything else that a person has to mend. That a
 *       server does not answer is none at a gate: the repetition is due again later.
 * </ol>
 *
 * A run that reached a gate in a history of an earlier engine does nothing of this.
 */
final class VerifyAgain {
  /** Stands in histories. */
  private static final String CHANGE = "verify-again";

  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final BooleanSupplier historyIsLong;
  private final Calls calls;
  private final RepeatedSteps steps;
  private int madeHere;
  private Optional<Fault> found = Optional.empty();

  /**
   * For one history.
   *
   * @param historyIsLong whether a wait shall go on in a new one
   */
  VerifyAgain(RunBook book, Orders orders, Signboard signboard, BooleanSupplier historyIsLong) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.historyIsLong = historyIsLong;
    this.calls = new Calls(orders);
    this.steps = new RepeatedSteps(book);
  }

  /** How often all rows were verified again in this history. */
  int madeHere() {
    return madeHere;
  }

  /** Id of the step whose repetition found a fault, if it is one of a repetition. */
  Optional<String> blamed(Fault fault) {
    return found.filter(fault::equals).map(Fault::step);
  }

  /** Whether all rows have to be verified before a step begins. */
  boolean isDueBefore(PlannedStep step) {
    return steps.opensContract(step)
        && !steps.before(step).isEmpty()
        && !book.verification.last().filter(last -> last.counts(RunClock.now())).isPresent()
        && isKnown();
  }

  /**
   * Verifies all rows before a step begins.
   *
   * @return the fault; none too where somebody wants something else first
   */
  Optional<Fault> before(PlannedStep step) {
    return repeat(steps.before(step), orders::stops);
  }

  /** A wait at a gate. */
  AtGate at(PlannedStep gate) {
    return new AtGate(gate);
  }

  /** A wait at a gate, with the fault that ended it. */
  final class AtGate {
    private final List<PlannedStep> repeated;
    private final Instant arrived = RunClock.now();
    private Optional<Fault> fault = Optional.empty();
    private Optional<Instant> missed = Optional.empty();

    private AtGate(PlannedStep gate) {
      repeated = steps.before(gate);
    }

    /** A row that differs, or what else a person has to mend. */
    Optional<Fault> fault() {
      return fault;
    }

    /** Waits until the condition holds, there is a fault, or the history is long. */
    void until(BooleanSupplier over) {
      if (repeated.isEmpty() || !isKnown()) {
        Workflow.await(over::getAsBoolean);
        return;
      }
      while (!over.getAsBoolean() && fault.isEmpty() && !historyIsLong.getAsBoolean()) {
        if (orders.pause().isPresent()) {
          Workflow.await(() -> over.getAsBoolean() || orders.pause().isEmpty());
        } else if (isTime(() -> over.getAsBoolean() || orders.pause().isPresent())) {
          repeat(repeated, over).ifPresent(this::take);
        }
      }
      book.verification.waitOver();
    }

    private void take(Fault ofRepetition) {
      if (ofRepetition.kind().retried()) {
        book.faults.note(ofRepetition);
        missed = Optional.of(RunClock.now());
      } else {
        fault = Optional.of(ofRepetition);
      }
    }

    private boolean isTime(BooleanSupplier otherwise) {
      Instant due = due();
      book.verification.next(due);
      signboard.post();
      return !RunClock.now().isBefore(due)
          || timer(Duration.between(RunClock.now(), due), otherwise);
    }

    private Instant due() {
      Optional<Verified> last = book.verification.last();
      Duration wait = last.map(Verified::breakAfter).orElse(Verified.firstBreak());
      Instant due = last.map(Verified::due).orElse(arrived.plus(wait));
      return missed.map(at -> at.plus(wait)).filter(due::isBefore).orElse(due);
    }
  }

  /** Waits for a time or for something else; whether the time is over. */
  private static boolean timer(Duration time, BooleanSupplier otherwise) {
    TimerOptions summary =
        TimerOptions.newBuilder().setSummary("until all rows are verified again").build();
    CompletablePromise<Void> over = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> over.completeFrom(Workflow.newTimer(time, summary)));
    scope.run();
    Workflow.await(() -> over.isCompleted() || otherwise.getAsBoolean());
    if (over.isCompleted()) {
      return true;
    }
    scope.cancel("the wait is over");
    // The timer ends with a failure that is no news; taken up here, the SDK does not log it.
    over.handle((nothing, cancelled) -> true);
    return false;
  }

  private Optional<Fault> repeat(List<PlannedStep> repeated, BooleanSupplier over) {
    Instant began = RunClock.now();
    long rows = 0;
    for (PlannedStep step : repeated) {
      Calls.Ended<StepOutcome> ended = repeat(step, began, over);
      if (ended.value().isEmpty()) {
        found = ended.fault().map(fault -> of(step, fault));
        noteEnd(began);
        return found;
      }
      rows += ended.value().get().figures().getOrDefault("rows", 0L);
    }
    madeHere++;
    repeated.stream()
        .map(PlannedStep::id)
        .filter(id -> book.steps.state(id) == StepState.FAILED)
        .forEach(id -> book.steps.ended(id, StepState.DONE));
    book.verification.again(began, rows);
    signboard.post();
    return Optional.empty();
  }

  /** The same repetition with new limits as often as somebody gives them. */
  private Calls.Ended<StepOutcome> repeat(PlannedStep step, Instant began, BooleanSupplier over) {
    Action.Verify action = (Action.Verify) step.action();
    Call call = Call.again(step, ActivityPolicies.ROWS);
    RowActivities rows = Workflow.newActivityStub(RowActivities.class, call.options());
    book.verification.begin(step.id(), action.rows());
    signboard.post();
    while (true) {
      Calls.Ended<StepOutcome> ended =
          calls.interruptibleUntil(
              over,
              call,
              () -> Async.function(rows::verifyAgain, book.scope(step.id()), action, began));
      if (!ended.isInterrupted() || over.getAsBoolean() || !orders.onlyTuned()) {
        return ended;
      }
    }
  }

  /** The hands name the part of the step that they were at. */
  private static Fault of(PlannedStep step, Fault fault) {
    return new Fault(fault.code(), fault.kind(), fault.message(), step.id());
  }

  private void noteEnd(Instant began) {
    if (found.filter(fault -> !fault.kind().retried()).isPresent()) {
      book.verification.wrong(began);
    } else {
      book.verification.brokenOff();
    }
    signboard.post();
  }

  private static boolean isKnown() {
    return Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
  }
}
