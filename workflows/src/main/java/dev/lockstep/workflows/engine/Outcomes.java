package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the result of a run. */
final class Outcomes {
  private final RunBook book;

  Outcomes(RunBook book) {
    this.book = book;
  }

  /** Every step is done. */
  RunOutcome succeeded() {
    return of(RunState.SUCCEEDED, "done: " + book.steps.reports().size() + " steps");
  }

  /** Undone, wholly or in part. */
  RunOutcome undone(RunState state) {
    int left = book.faults.undoFailures().size();
    String because = book.faults.first().map(fault -> ", because: " + fault.message()).orElse("");
    String what =
        left == 0
            ? "everything is as it was before the run"
            : left + " things could not be undone and are left to a person";
    return of(state, what + because);
  }

  /** Stopped where nothing can be undone; the ledger keeps the run open. */
  RunOutcome leftOpen() {
    return of(
        RunState.FAILED,
        "cancelled after the point of no return: nothing was undone; run the same definition again"
            + " to finish it");
  }

  /** Every step is done, but its record says that this is not enough. */
  RunOutcome notProven(Fault fault) {
    return of(RunState.FAILED, "every step is done, but: " + fault.message());
  }

  /** There was nothing to do. */
  RunOutcome alreadyDone(Prepared found) {
    return new RunOutcome(
        RunState.SUCCEEDED,
        Phase.FINISH,
        found.run().id(),
        "nothing to do: run " + found.run() + " of the same definition succeeded",
        List.of(),
        new TreeMap<>(),
        Optional.empty(),
        List.of());
  }

  /** Only planned. */
  RunOutcome dry(Prepared found) {
    int steps = found.plan().steps().size();
    String message =
        switch (found.state()) {
          case PLANNED -> "dry run: would do " + steps + " steps on " + found.plan().tables();
          case RESUMED ->
              "dry run: would go on with run " + found.run() + " of " + steps + " steps";
          case UNDOING -> "dry run: would go on undoing run " + found.run();
          case ALREADY_DONE -> "nothing to do";
        };
    return of(RunState.SUCCEEDED, message + "; nothing was changed");
  }

  private RunOutcome of(RunState state, String message) {
    Optional<Fault> fault = state == RunState.SUCCEEDED ? Optional.empty() : book.faults.first();
    return new RunOutcome(
        state,
        book.phase(),
        book.prepared().map(run -> run.run().id()).orElse(""),
        message,
        book.steps.reports(),
        figures(),
        fault,
        book.faults.undoFailures());
  }

  private SortedMap<String, Long> figures() {
    SortedMap<String, Long> all = new TreeMap<>();
    for (StepReport step : book.steps.reports()) {
      step.figures()
          .forEach(
              (name, value) ->
                  all.merge(name, value, name.startsWith("max") ? Long::max : Long::sum));
    }
    return all;
  }
}
