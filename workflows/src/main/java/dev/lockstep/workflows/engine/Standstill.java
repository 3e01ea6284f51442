package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A dump for which something stands still: it is given up after the time that this may last, so
 * that the thaw comes. The time counts for each try of the step: one that was paused begins anew.
 */
final class Standstill {
  private final Calls calls;
  private final Duration limit;
  private boolean over;

  private Standstill(Calls calls, Duration limit) {
    this.calls = calls;
    this.limit = limit;
  }

  /** Present: the action is such a dump. */
  static Optional<Standstill> of(Action.OfBackup action, Calls calls) {
    return action.step() instanceof BackupStep.Take take
        ? take.copy().backup().quiesce().map(Quiesce::atMost).map(it -> new Standstill(calls, it))
        : Optional.empty();
  }

  /** Whether an undo lets something go on that stands still. */
  static boolean endsBy(Action undo) {
    return undo instanceof Action.OfBackup of
        && (of.step() instanceof BackupStep.Thaw || of.step() instanceof BackupStep.StartWorkload);
  }

  Attempt run(Call call, Supplier<Promise<StepOutcome>> start) {
    Calls.Ended<StepOutcome> ended = calls.interruptible(call, start, this::await);
    if (ended.isInterrupted() && over) {
      String message =
          "the backup was not taken within %ds, so long may stand still what stands still for it"
              .formatted(limit.toSeconds());
      return Attempt.failed(Fault.of(FaultCode.QUIESCE_FAILED, message, call.step()));
    }
    return new Attempt(ended.value(), ended.fault());
  }

  private void await(BooleanSupplier ended) {
    over = !Workflow.await(limit, ended::getAsBoolean);
  }
}
