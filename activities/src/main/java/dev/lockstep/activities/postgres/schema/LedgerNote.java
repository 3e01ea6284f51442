package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What the ledger says before an act or an undo, and is told after it. */
interface LedgerNote {
  /** The answer where nothing is left to do; else empty. */
  Optional<StepOutcome> look(Handle handle);

  /** The same in a transaction, until whose end everybody else is kept out of the step. */
  Optional<StepOutcome> enter(Handle transaction);

  /** Notes that it is done. */
  void leave(Handle transaction, SortedMap<String, Long> figures);

  /** For an act. */
  static LedgerNote ofAct(StepScope scope) {
    return new OfAct(scope, new Ledger());
  }

  /** For an undo: nothing is left to do where the step never began. */
  static LedgerNote ofUndo(StepScope scope) {
    return new OfUndo(scope, new Ledger());
  }

  /** For an act. */
  record OfAct(StepScope scope, Ledger ledger) implements LedgerNote {
    @Override
    public Optional<StepOutcome> look(Handle handle) {
      return ledger
          .findStep(handle, scope.run(), scope.step())
          .filter(StepRecord::done)
          .map(StepRecord::alreadyDone);
    }

    @Override
    public Optional<StepOutcome> enter(Handle transaction) {
      StepRecord step = ledger.begin(transaction, scope.run(), scope.step());
      return step.done() ? Optional.of(step.alreadyDone()) : Optional.empty();
    }

    @Override
    public void leave(Handle transaction, SortedMap<String, Long> figures) {
      ledger.markDone(transaction, scope.run(), scope.step(), figures);
    }
  }

  /** For an undo. */
  record OfUndo(StepScope scope, Ledger ledger) implements LedgerNote {
    @Override
    public Optional<StepOutcome> look(Handle handle) {
      return ledger.exists(handle)
          ? answer(ledger.findStep(handle, scope.run(), scope.step()))
          : Optional.of(nothing());
    }

    @Override
    public Optional<StepOutcome> enter(Handle transaction) {
      return answer(ledger.lock(transaction, scope.run(), scope.step()));
    }

    @Override
    public void leave(Handle transaction, SortedMap<String, Long> figures) {
      ledger.markUndone(transaction, scope.run(), scope.step());
    }

    private static Optional<StepOutcome> answer(Optional<StepRecord> step) {
      boolean standing = step.isPresent() && step.get().state() != StepRecord.State.UNDONE;
      return standing ? Optional.empty() : Optional.of(nothing());
    }

    private static StepOutcome nothing() {
      return new StepOutcome(true, new TreeMap<>());
    }
  }
}
