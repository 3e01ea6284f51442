package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.Fault;
import java.util.List;
import java.util.Optional;

/** Where a run is recorded beside its history. Each call answers with its faults. */
interface Records {
  /** What the end of a run is called where a step's id is asked for. */
  String SETTLE = "settle";

  /** The ledger of the database for a migration, the store for what is about a backup. */
  static Records of(RunBook book, Calls calls) {
    return book.prepared().flatMap(run -> run.copy()).isPresent()
        ? new StoreRecords(book, calls)
        : new LedgerCalls(book, calls);
  }

  /** Records that undoing begins. */
  Optional<Fault> beginUndo();

  /** One fault for each thing that is not as it was before the run. */
  List<Fault> differences();

  /** Records the end. */
  Optional<Fault> settle(RunState state);
}
