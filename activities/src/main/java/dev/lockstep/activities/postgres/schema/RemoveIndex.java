package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** Drops an index; where it is not there, only the note is made. */
final class RemoveIndex {
  private final StepScope scope;
  private final TableIndex index;
  private final Ledger ledger = new Ledger();

  RemoveIndex(StepScope scope, TableIndex index) {
    this.scope = scope;
    this.index = index;
  }

  StepOutcome run(Handle handle) {
    StepRecord step =
        handle.inTransaction(transaction -> ledger.begin(transaction, scope.run(), scope.step()));
    if (step.done()) {
      return step.alreadyDone();
    }
    long began = System.nanoTime();
    index.remove(handle);
    SortedMap<String, Long> figures = SessionEnd.figures(handle, scope);
    figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
    ledger.markDone(handle, scope.run(), scope.step(), figures);
    return new StepOutcome(false, figures);
  }
}
