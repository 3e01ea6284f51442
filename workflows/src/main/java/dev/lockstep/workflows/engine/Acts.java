package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.GateActivities;
import dev.lockstep.workflows.contract.LedgerActivities;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.SchemaActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.contract.WorkloadActivities;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Does one step: the activity, or the wait, that stands for each kind of action. */
final class Acts implements Action.Visitor<Attempt> {
  private final RunBook book;
  private final Calls calls;
  private final Waits waits;
  private final VerifyAgain again;
  private final Trials trials;
  private final PlannedStep step;

  /** What every step is done with. */
  record Means(RunBook book, Calls calls, Waits waits, VerifyAgain again, Trials trials) {
    /** The same with other calls. */
    Means with(Calls others) {
      return new Means(book, others, waits, again, trials);
    }
  }

  Acts(Means means, PlannedStep step) {
    this.book = means.book();
    this.calls = means.calls();
    this.waits = means.waits();
    this.again = means.again();
    this.trials = means.trials();
    this.step = step;
  }

  @Override
  public Attempt claim(Action.Claim action) {
    Prepared run = book.preparedOrThrow();
    Claim claim =
        new Claim(
            scope(),
            run.plan(),
            run.planHash(),
            run.definitionHash(),
            Workflow.getInfo().getWorkflowId(),
            run.definition());
    Call call = call(ActivityPolicies.LEDGER);
    LedgerActivities ledger = Workflow.newActivityStub(LedgerActivities.class, call.options());
    return run(call, () -> Async.function(ledger::claim, claim));
  }

  @Override
  public Attempt statements(Action.Statements action) {
    Call call = call(ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::applyStatements, scope(), action));
  }

  @Override
  public Attempt validate(Action.Validate action) {
    Call call = call(ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::validateConstraint, scope(), action));
  }

  @Override
  public Attempt buildIndex(Action.BuildIndex action) {
    Call call = call(ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::buildIndex, scope(), action));
  }

  @Override
  public Attempt removeIndex(Action.RemoveIndex action) {
    Call call = call(ActivityPolicies.SCHEMA);
    return run(call, () -> Async.function(schema(call)::removeIndex, scope(), action));
  }

  @Override
  public Attempt backfill(Action.Backfill action) {
    Call call = call(ActivityPolicies.ROWS);
    return run(call, () -> Async.function(rows(call)::backfill, scope(), action));
  }

  @Override
  public Attempt verify(Action.Verify action) {
    Call call = call(ActivityPolicies.ROWS);
    Instant began = RunClock.now();
    Attempt attempt = run(call, () -> Async.function(rows(call)::verify, scope(), action));
    attempt
        .outcome()
        .filter(outcome -> !outcome.alreadyDone() && step.phase() != Phase.MIGRATE)
        .map(outcome -> outcome.figures().getOrDefault("rows", 0L))
        .ifPresent(rows -> book.verification.first(began, rows));
    return attempt;
  }

  @Override
  public Attempt ask(Action.Ask action) {
    Call call = call(ActivityPolicies.QUESTION);
    return run(call, () -> Async.function(gates(call)::ask, scope(), action));
  }

  @Override
  public Attempt awaitOldClients(Action.AwaitOldClients action) {
    Call call = call(ActivityPolicies.OLD_CLIENTS);
    VerifyAgain.AtGate wait = again.at(step);
    Calls.Ended<StepOutcome> ended =
        calls.interruptible(
            call, () -> Async.function(gates(call)::awaitOldClients, scope(), action), wait::until);
    return wait.fault().map(Attempt::failed).orElse(new Attempt(ended.value(), ended.fault()));
  }

  @Override
  public Attempt approve(Action.Approve action) {
    return waits.approval(step, action.gate());
  }

  @Override
  public Attempt beforeTrial(Action.BeforeTrial action) {
    Optional<Attempt> ended = trials.again(step, action);
    if (ended.isPresent()) {
      return ended.get();
    }
    Call call = call(ActivityPolicies.TRIAL);
    return run(call, () -> Async.function(gates(call)::beforeTrial, scope(), action));
  }

  @Override
  public Attempt trial(Action.Trial action) {
    return trials.watch(step, action);
  }

  @Override
  public Attempt pause(Action.Pause action) {
    return waits.time(step, action.duration());
  }

  @Override
  public Attempt rollOut(Action.RollOut action) {
    Call call = call(ActivityPolicies.ROLLOUT);
    return run(call, () -> Async.function(workloads(call)::rollOut, scope(), action));
  }

  @Override
  public Attempt rollBack(Action.RollBack action) {
    Call call = call(ActivityPolicies.ROLLOUT);
    return run(call, () -> Async.function(workloads(call)::rollBack, scope(), action));
  }

  @Override
  public Attempt ofBackup(Action.OfBackup action) {
    BackupActs.Runs<Attempt> runs =
        Standstill.of(action, calls)
            .<BackupActs.Runs<Attempt>>map(standstill -> standstill::run)
            .orElse(this::run);
    return action.step().accept(new BackupActs<>(scope(), this::call, runs));
  }

  private Attempt run(Call call, Supplier<Promise<StepOutcome>> start) {
    Calls.Ended<StepOutcome> ended = calls.interruptible(call, start);
    return new Attempt(ended.value(), ended.fault());
  }

  private Call call(ActivityPolicies.Policy policy) {
    return Call.of(step, policy);
  }

  private StepScope scope() {
    return book.scope(step.id());
  }

  private static SchemaActivities schema(Call call) {
    return Workflow.newActivityStub(SchemaActivities.class, call.options());
  }

  private static RowActivities rows(Call call) {
    return Workflow.newActivityStub(RowActivities.class, call.options());
  }

  private static GateActivities gates(Call call) {
    return Workflow.newActivityStub(GateActivities.class, call.options());
  }

  private static WorkloadActivities workloads(Call call) {
    return Workflow.newActivityStub(WorkloadActivities.class, call.options());
  }
}
