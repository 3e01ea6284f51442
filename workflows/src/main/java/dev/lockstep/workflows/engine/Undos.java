package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.contract.SchemaActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.contract.WorkloadActivities;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Supplier;

/** Undoes one step. The answer is the fault, if there is one. */
final class Undos implements Action.Visitor<Optional<Fault>> {
  private final RunBook book;
  private final Calls calls;
  private final PlannedStep step;

  Undos(RunBook book, Calls calls, PlannedStep step) {
    this.book = book;
    this.calls = calls;
    this.step = step;
  }

  @Override
  public Optional<Fault> statements(Action.Statements action) {
    Call call = Call.undoing(step, ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::undoStatements, scope(), action));
  }

  /** The step built the index: {@code action} drops it. */
  @Override
  public Optional<Fault> removeIndex(Action.RemoveIndex action) {
    Call call = Call.undoing(step, ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::undoBuildIndex, scope(), action));
  }

  /** The step dropped the index: {@code action} builds it again. */
  @Override
  public Optional<Fault> buildIndex(Action.BuildIndex action) {
    Call call = Call.undoing(step, ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::undoRemoveIndex, scope(), action));
  }

  @Override
  public Optional<Fault> rollBack(Action.RollBack action) {
    Call call = Call.undoing(step, ActivityPolicies.ROLLOUT);
    WorkloadActivities workloads =
        Workflow.newActivityStub(WorkloadActivities.class, call.options());
    return run(call, () -> Async.function(workloads::rollBack, scope(), action));
  }

  @Override
  public Optional<Fault> claim(Action.Claim action) {
    return noUndo("claim");
  }

  @Override
  public Optional<Fault> validate(Action.Validate action) {
    return noUndo("validate");
  }

  @Override
  public Optional<Fault> backfill(Action.Backfill action) {
    return noUndo("backfill");
  }

  @Override
  public Optional<Fault> verify(Action.Verify action) {
    return noUndo("verify");
  }

  @Override
  public Optional<Fault> ask(Action.Ask action) {
    return noUndo("ask");
  }

  @Override
  public Optional<Fault> awaitOldClients(Action.AwaitOldClients action) {
    return noUndo("awaitOldClients");
  }

  @Override
  public Optional<Fault> approve(Action.Approve action) {
    return noUndo("approve");
  }

  @Override
  public Optional<Fault> beforeTrial(Action.BeforeTrial action) {
    return noUndo("beforeTrial");
  }

  @Override
  public Optional<Fault> trial(Action.Trial action) {
    return noUndo("trial");
  }

  @Override
  public Optional<Fault> pause(Action.Pause action) {
    return noUndo("pause");
  }

  @Override
  public Optional<Fault> rollOut(Action.RollOut action) {
    return noUndo("rollOut");
  }

  @Override
  public Optional<Fault> ofBackup(Action.OfBackup action) {
    return action
        .step()
        .accept(new BackupActs<>(scope(), policy -> Call.undoing(step, policy), this::run));
  }

  private Optional<Fault> run(Call call, Supplier<Promise<StepOutcome>> start) {
    return calls.certain(call, start).fault();
  }

  private Optional<Fault> noUndo(String kind) {
    String message = "the plan undoes " + step.id() + " by " + kind + ", which undoes nothing";
    return Optional.of(Fault.of(FaultCode.INTERNAL_ERROR, message, step.id()));
  }

  private StepScope scope() {
    return book.scope(step.id());
  }

  private static SchemaActivities schema(Call call) {
    return Workflow.newActivityStub(SchemaActivities.class, call.options());
  }
}
