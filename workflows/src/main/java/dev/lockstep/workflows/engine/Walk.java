package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * Interprets a plan, step by step; what may be done at the same time, in a {@link Round}.
 *
 * <ol>
 *   <li>At a step boundary: goes on in a new history where this one is long; waits while paused.
 *   <li>Before contract: verifies all rows again where that was long ago.
 *   <li>Records the undo of the step, and whether it is the point of no return; then acts.
 *   <li>Interrupted: does the step again as soon as the run may go on, with the limits of then.
 *   <li>Failed: ends the walk, or holds until somebody answers. A trial that failed goes back: see
 *       {@link Trials}.
 * </ol>
 *
 * Between the last look at the orders and the note of the point of no return nothing waits, so an
 * abort is either refused or obeyed, never accepted and forgotten.
 */
final class Walk {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final VerifyAgain again;
  private final Waits waits;
  private final Trials trials;
  private final Acts.Means means;
  private final int stepsAHistory;
  private int stepsHere;

  Walk(RunBook book, Orders orders, Signboard signboard, int stepsAHistory) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.again = new VerifyAgain(book, orders, signboard, this::waitIsLong);
    this.waits = new Waits(book, orders, signboard, again);
    Calls calls = new Calls(orders);
    this.trials = new Trials(book, calls, signboard, waits);
    this.means = new Acts.Means(book, calls, waits, again, trials);
    this.stepsAHistory = stepsAHistory;
  }

  /** Why a walk ended. */
  enum End {
    /** Every step is done or skipped. */
    DONE,
    /** A fault or a person stopped it. */
    STOPPED,
    /** The rest belongs into a new history. */
    CONTINUED
  }

  /** Does the rest of the plan. */
  End toTheEnd() {
    List<PlannedStep> steps = book.plan().steps();
    while (book.position() < steps.size()) {
      if (historyIsLong() && !orders.stops()) {
        return End.CONTINUED;
      }
      List<PlannedStep> next = together(steps.subList(book.position(), steps.size()));
      Course course = waits.leave() && verified(next.get(0)) ? perform(next) : Course.ENDS;
      if (course == Course.ENDS || course == Course.WAITS_ON) {
        return course == Course.ENDS ? End.STOPPED : End.CONTINUED;
      }
      if (course == Course.GOES_ON) {
        book.advance(next.size());
      }
    }
    return waits.leave() || book.returnPassed().isPresent() ? End.DONE : End.STOPPED;
  }

  /** The first step, with those after it that may be done at the same time. */
  private static List<PlannedStep> together(List<PlannedStep> steps) {
    PlannedStep first = steps.get(0);
    int size = 1;
    while (first.together().isPresent()
        && size < steps.size()
        && steps.get(size).together().equals(first.together())) {
      size++;
    }
    return steps.subList(0, size);
  }

  /**
   * Holds at a fault until somebody answers.
   *
   * @param canSkip whether the answer may be to go on without
   */
  Reaction hold(Fault fault, Skip canSkip) {
    book.fault(fault);
    waits.answer(canSkip == Skip.ALLOWED);
    if (orders.stops()) {
      return Reaction.END;
    }
    book.faults.forgive();
    return orders.takeAnswer() == Orders.Answer.SKIP ? Reaction.PAST : Reaction.AGAIN;
  }

  /** What follows a fault. */
  enum Reaction {
    /** The step is done again. */
    AGAIN,
    /** The run goes on without the step. */
    PAST,
    /** The run ends. */
    END
  }

  /** Whether the plan lets a run go on without something. */
  enum Skip {
    /** It does. */
    ALLOWED,
    /** It does not. */
    REFUSED;

    static Skip of(PlannedStep step) {
      return step.skippable() ? ALLOWED : REFUSED;
    }
  }

  private boolean historyIsLong() {
    int doneHere = stepsHere + again.madeHere();
    boolean enough = doneHere >= stepsAHistory || Workflow.getInfo().isContinueAsNewSuggested();
    return enough && doneHere > 0 && Workflow.isEveryHandlerFinished();
  }

  /** Whether what was verified at a gate made this history long. */
  private boolean waitIsLong() {
    return again.madeHere() > 0 && historyIsLong();
  }

  /** Where the run goes from a step. */
  private enum Course {
    /** To the next one. */
    GOES_ON,
    /** To the one that the book has, from its start: an earlier one, or the same. */
    GOES_BACK,
    /** Into a new history, to wait there. */
    WAITS_ON,
    /** To its end. */
    ENDS
  }

  /** Verifies all rows where the step needs it; false where the run ends. */
  private boolean verified(PlannedStep step) {
    while (again.isDueBefore(step)) {
      book.focus(step.id());
      signboard.show();
      Optional<Fault> fault = again.before(step);
      if (fault.isPresent() && react(step, fault.get()) == Reaction.END) {
        return false;
      }
      if (!waits.leave()) {
        return false;
      }
    }
    // The question whether it is due may let somebody in who aborts.
    return !orders.stops();
  }

  private Course perform(List<PlannedStep> steps) {
    if (steps.size() > 1) {
      return performTogether(steps);
    }
    Course course = perform(steps.get(0));
    stepsHere += course == Course.GOES_ON || course == Course.GOES_BACK ? 1 : 0;
    return course;
  }

  /** Does steps that may be done at the same time, round by round. */
  private Course performTogether(List<PlannedStep> steps) {
    do {
      List<PlannedStep> left =
          steps.stream().filter(step -> !book.steps.isPast(step.id())).toList();
      if (left.isEmpty()) {
        return Course.GOES_ON;
      }
      if (historyIsLong() && !orders.stops()) {
        return Course.WAITS_ON;
      }
      List<Round.Failed> failed =
          new Round(means, orders, signboard, this::historyIsLong).work(left, this::doneTogether);
      if (!failed.isEmpty() && react(failed) == Reaction.END) {
        return Course.ENDS;
      }
    } while (waits.leave());
    return Course.ENDS;
  }

  /** The first fault is answered; what came beside it is only told, and shows again if it stays. */
  private Reaction react(List<Round.Failed> failed) {
    for (int beside = failed.size() - 1; beside > 0; beside--) {
      book.faults.note(failed.get(beside).fault());
    }
    Round.Failed first = failed.get(0);
    book.focus(first.step().id());
    return react(first.step(), first.fault());
  }

  /** Does one step. */
  private Course perform(PlannedStep step) {
    book.begin(step);
    do {
      book.steps.started(step.id());
      signboard.show();
      Attempt attempt = step.action().accept(new Acts(means, step));
      if (attempt.outcome().isPresent()) {
        done(step, attempt.outcome().get());
        return Course.GOES_ON;
      }
      Attempt left = trials.settle(step, attempt);
      if (trials.takeBack()) {
        return Course.GOES_BACK;
      }
      Reaction reaction = left.fault().map(fault -> react(step, fault)).orElse(Reaction.AGAIN);
      if (reaction != Reaction.AGAIN) {
        return reaction == Reaction.PAST ? Course.GOES_ON : Course.ENDS;
      }
      if (waitIsLong() && !orders.stops()) {
        return Course.WAITS_ON;
      }
    } while (waits.leave());
    return Course.ENDS;
  }

  private void doneTogether(PlannedStep step, StepOutcome outcome) {
    done(step, outcome);
    stepsHere++;
  }

  private void done(PlannedStep step, StepOutcome outcome) {
    book.steps.done(step.id(), outcome.figures());
    if (step.action() instanceof Action.Claim) {
      book.claim();
    }
  }

  private Reaction react(PlannedStep step, Fault fault) {
    Optional<String> repeated = again.blamed(fault);
    book.steps.ended(repeated.orElse(step.id()), StepState.FAILED);
    if (orders.stops()) {
      book.faults.note(fault);
      return Reaction.END;
    }
    if (!book.claimed()) {
      throw Faults.failure(fault.code(), fault.message(), fault.step());
    }
    if (!holds()) {
      book.fault(fault);
      return Reaction.END;
    }
    // To go on without this step is no answer to the fault of another one.
    Reaction reaction = hold(fault, repeated.isPresent() ? Skip.REFUSED : Skip.of(step));
    if (reaction == Reaction.PAST) {
      book.steps.ended(step.id(), StepState.SKIPPED);
    }
    return reaction;
  }

  private boolean holds() {
    return book.returnPassed().isPresent() || book.plan().onFailure() == Migration.OnFailure.HOLD;
  }
}
