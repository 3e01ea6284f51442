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

/**
 * Interprets a plan, step by step.
 *
 * <ol>
 *   <li>At a step boundary: goes on in a new history where this one is long; waits while paused.
 *   <li>Records the undo of the step, and whether it is the point of no return; then acts.
 *   <li>Interrupted: does the step again as soon as the run may go on, with the limits of then.
 *   <li>Failed: ends the walk, or holds until somebody answers.
 * </ol>
 *
 * Between the last look at the orders and the note of the point of no return nothing waits, so an
 * abort is either refused or obeyed, never accepted and forgotten.
 */
final class Walk {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final Calls calls;
  private final Waits waits;
  private final int stepsAHistory;
  private int stepsHere;

  Walk(RunBook book, Orders orders, Signboard signboard, int stepsAHistory) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.calls = new Calls(orders);
    this.waits = new Waits(book, orders, signboard);
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
      if (!waits.leave() || !perform(steps.get(book.position()))) {
        return End.STOPPED;
      }
      book.advance();
      stepsHere++;
    }
    return waits.leave() || book.returnPassed().isPresent() ? End.DONE : End.STOPPED;
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
    boolean enough = stepsHere >= stepsAHistory || Workflow.getInfo().isContinueAsNewSuggested();
    return enough && stepsHere > 0 && Workflow.isEveryHandlerFinished();
  }

  /** Does one step; false where the run ends. */
  private boolean perform(PlannedStep step) {
    book.begin(step);
    do {
      book.steps.started(step.id());
      signboard.show();
      Attempt attempt = step.action().accept(new Acts(book, calls, waits, step));
      if (attempt.outcome().isPresent()) {
        done(step, attempt.outcome().get());
        return true;
      }
      Reaction reaction = attempt.fault().map(fault -> react(step, fault)).orElse(Reaction.AGAIN);
      if (reaction != Reaction.AGAIN) {
        return reaction == Reaction.PAST;
      }
    } while (waits.leave());
    return false;
  }

  private void done(PlannedStep step, StepOutcome outcome) {
    book.steps.done(step.id(), outcome.figures());
    if (step.action() instanceof Action.Claim) {
      book.claim();
    }
  }

  private Reaction react(PlannedStep step, Fault fault) {
    book.steps.ended(step.id(), StepState.FAILED);
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
    Reaction reaction = hold(fault, Skip.of(step));
    if (reaction == Reaction.PAST) {
      book.steps.ended(step.id(), StepState.SKIPPED);
    }
    return reaction;
  }

  private boolean holds() {
    return book.returnPassed().isPresent() || book.plan().onFailure() == Migration.OnFailure.HOLD;
  }
}
