package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/**
 * Builds an index. An index of that name that was there before the step began is somebody else's:
 * it is not taken over, so that the undo never drops it.
 */
final class BuildIndex {
  private final StepScope scope;
  private final TableIndex index;
  private final Ledger ledger = new Ledger();

  BuildIndex(StepScope scope, TableIndex index) {
    this.scope = scope;
    this.index = index;
  }

  StepOutcome run(Handle handle, String sql) {
    StepRecord step = handle.inTransaction(this::begin);
    if (step.done()) {
      return step.alreadyDone();
    }
    long began = System.nanoTime();
    IndexState built = index.build(handle, sql);
    SortedMap<String, Long> figures = SessionEnd.figures(handle, scope);
    figures.put("bytes", built.bytes());
    figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
    ledger.markDone(handle, scope.run(), scope.step(), figures);
    return new StepOutcome(false, figures);
  }

  private StepRecord begin(Handle transaction) {
    boolean begun =
        ledger
            .lock(transaction, scope.run(), scope.step())
            .filter(step -> step.state() != StepRecord.State.UNDONE)
            .isPresent();
    if (!begun && index.find(transaction).isPresent()) {
      throw index.unexpected("is there already, and this run did not make it");
    }
    return ledger.begin(transaction, scope.run(), scope.step());
  }
}
