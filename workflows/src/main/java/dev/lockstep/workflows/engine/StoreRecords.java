package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.contract.BackupActivities;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.contract.CopyRun;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a backup, a restore or a drill, recorded in the store. Nothing is recorded before:
 * what a dead run left is known by its missing manifest, or by the mark in the database.
 */
final class StoreRecords implements Records {
  private final RunBook book;
  private final Calls calls;

  StoreRecords(RunBook book, Calls calls) {
    this.book = book;
    this.calls = calls;
  }

  @Override
  public Optional<Fault> beginUndo() {
    return Optional.empty();
  }

  @Override
  public List<Fault> differences() {
    return List.of();
  }

  @Override
  public Optional<Fault> settle(RunState state) {
    book.focus(SETTLE);
    Call call = new Call(SETTLE, "Record the end: " + state, ActivityPolicies.STORE);
    BackupActivities hands = Workflow.newActivityStub(BackupActivities.class, call.options());
    CopyRun run = book.preparedOrThrow().copy().orElseThrow();
    List<StepReport> steps = book.steps.reports();
    Conclusion conclusion =
        new Conclusion(
            book.scope(SETTLE),
            run.definition(),
            run.copy(),
            state,
            began(steps),
            steps,
            book.faults.first());
    return calls
        .certain(
            call,
            () -> Async.procedure(hands::conclude, conclusion).thenApply(nothing -> Boolean.TRUE))
        .fault();
  }

  private static Instant began(List<StepReport> steps) {
    return steps.stream()
        .flatMap(step -> step.started().stream())
        .min(Instant::compareTo)
        .orElseGet(RunClock::now);
  }
}
