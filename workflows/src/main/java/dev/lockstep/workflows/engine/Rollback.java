package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import java.util.Optional;

/**
 * Undoes a run: every step of the undo log, newest first, then proves that the schema is what it
 * was. What cannot be undone is noted beside the first fault, and the rest is undone all the same.
 * Nothing interrupts it.
 */
final class Rollback {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final Calls calls;
  private final Records records;

  Rollback(RunBook book, Orders orders, Signboard signboard) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.calls = new Calls(orders);
    this.records = Records.of(book, calls);
  }

  /** Undoes everything; the answer is how the run ended. */
  RunState undoAll() {
    book.state(RunState.ROLLING_BACK);
    signboard.show();
    if (!book.claimed()) {
      return ending();
    }
    records.beginUndo().ifPresent(book.faults::addUndo);
    book.undo.newestFirst().forEach(this::undo);
    records.differences().forEach(book.faults::addUndo);
    records.settle(ending()).ifPresent(book.faults::addUndo);
    return ending();
  }

  private void undo(PlannedStep step) {
    book.focus(step.id());
    signboard.show();
    Optional<Fault> fault =
        step.undo().action().flatMap(action -> action.accept(new Undos(book, calls, step)));
    fault.ifPresent(book.faults::addUndo);
    if (fault.isPresent()) {
      book.steps.ended(step.id(), StepState.UNDO_FAILED);
    } else if (began(step)) {
      book.steps.ended(step.id(), StepState.UNDONE);
    }
  }

  private boolean began(PlannedStep step) {
    Prepared run = book.preparedOrThrow();
    return book.steps.began(step.id())
        || run.begun().contains(step.id())
        || run.state() == Prepared.State.UNDOING;
  }

  private RunState ending() {
    if (!book.faults.undoFailures().isEmpty()) {
      return RunState.FAILED;
    }
    return orders.cancelled() ? RunState.CANCELLED : RunState.ROLLED_BACK;
  }
}
