package dev.lockstep.activities.postgres.schema;

import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Takes back what a step did with an index; nothing where it never began. */
final class UndoIndex {
  private final LedgerNote note;

  UndoIndex(StepScope scope) {
    this.note = LedgerNote.ofUndo(scope);
  }

  /**
   * Undoes.
   *
   * @param act looks in the catalogue first: it is called again after it was cut anywhere
   */
  StepOutcome run(Handle handle, Consumer<Handle> act) {
    Optional<StepOutcome> answer = note.look(handle);
    if (answer.isPresent()) {
      return answer.get();
    }
    act.accept(handle);
    note.leave(handle, new TreeMap<>());
    return StepOutcome.done();
  }
}
