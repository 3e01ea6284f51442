package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.BackupActivities;
import dev.lockstep.workflows.contract.InstanceActivities;
import dev.lockstep.workflows.contract.KeptActivities;
import dev.lockstep.workflows.contract.QuiesceActivities;
import dev.lockstep.workflows.contract.RestoreActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The activity that stands for each step of a backup, a restore or a drill, as an act and as an
 * undo alike.
 *
 * @param call makes the call for a policy
 * @param run calls it
 * @param <R> what comes of it
 */
record BackupActs<R>(StepScope scope, Function<ActivityPolicies.Policy, Call> call, Runs<R> run)
    implements BackupStep.Visitor<R> {

  /** Calls an activity. */
  interface Runs<R> {
    /** What comes of it. */
    R run(Call call, Supplier<Promise<StepOutcome>> start);
  }

  @Override
  public R preflight(BackupStep.Preflight of) {
    return backups(
        ActivityPolicies.PREFLIGHT, hands -> Async.function(hands::preflight, scope, of));
  }

  @Override
  public R mark(BackupStep.Mark of) {
    return backups(ActivityPolicies.STORE, hands -> Async.function(hands::mark, scope, of));
  }

  @Override
  public R take(BackupStep.Take of) {
    return backups(ActivityPolicies.COPY, hands -> Async.function(hands::take, scope, of));
  }

  @Override
  public R discard(BackupStep.Discard of) {
    return backups(ActivityPolicies.STORE, hands -> Async.function(hands::discard, scope, of));
  }

  @Override
  public R readBack(BackupStep.ReadBack of) {
    return backups(ActivityPolicies.COPY, hands -> Async.function(hands::readBack, scope, of));
  }

  @Override
  public R prune(BackupStep.Prune of) {
    return backups(ActivityPolicies.STORE, hands -> Async.function(hands::prune, scope, of));
  }

  @Override
  public R makeInstance(BackupStep.MakeInstance of) {
    return instances(hands -> Async.function(hands::makeInstance, scope, of));
  }

  @Override
  public R removeInstance(BackupStep.RemoveInstance of) {
    return instances(hands -> Async.function(hands::removeInstance, scope, of));
  }

  @Override
  public R load(BackupStep.Load of) {
    return restores(ActivityPolicies.COPY, hands -> Async.function(hands::load, scope, of));
  }

  @Override
  public R clear(BackupStep.Clear of) {
    return restores(ActivityPolicies.STORE, hands -> Async.function(hands::clear, scope, of));
  }

  @Override
  public R release(BackupStep.Release of) {
    return restores(ActivityPolicies.STORE, hands -> Async.function(hands::release, scope, of));
  }

  @Override
  public R keepInstance(BackupStep.KeepInstance of) {
    return instances(hands -> Async.function(hands::keepInstance, scope, of));
  }

  @Override
  public R compare(BackupStep.Compare of) {
    return restores(ActivityPolicies.QUESTION, hands -> Async.function(hands::compare, scope, of));
  }

  @Override
  public R ask(BackupStep.Ask of) {
    return restores(
        ActivityPolicies.QUESTION, hands -> Async.function(hands::askRestored, scope, of));
  }

  @Override
  public R switchService(BackupStep.SwitchService of) {
    return instances(hands -> Async.function(hands::switchService, scope, of));
  }

  @Override
  public R switchBack(BackupStep.SwitchBack of) {
    return instances(hands -> Async.function(hands::switchBack, scope, of));
  }

  @Override
  public R stopOld(BackupStep.StopOld of) {
    return instances(hands -> Async.function(hands::stopOld, scope, of));
  }

  @Override
  public R keepDropped(BackupStep.KeepDropped of) {
    return through(
        KeptActivities.class,
        ActivityPolicies.COPY,
        hands -> Async.function(hands::keepDropped, scope, of));
  }

  @Override
  public R discardKept(BackupStep.DiscardKept of) {
    return through(
        KeptActivities.class,
        ActivityPolicies.STORE,
        hands -> Async.function(hands::discardKept, scope, of));
  }

  @Override
  public R stopWorkload(BackupStep.StopWorkload of) {
    return quiesces(hands -> Async.function(hands::stopWorkload, scope, of));
  }

  @Override
  public R startWorkload(BackupStep.StartWorkload of) {
    return quiesces(hands -> Async.function(hands::startWorkload, scope, of));
  }

  @Override
  public R freeze(BackupStep.Freeze of) {
    return quiesces(hands -> Async.function(hands::freeze, scope, of));
  }

  @Override
  public R thaw(BackupStep.Thaw of) {
    return quiesces(hands -> Async.function(hands::thaw, scope, of));
  }

  private R quiesces(Function<QuiesceActivities, Promise<StepOutcome>> start) {
    return through(QuiesceActivities.class, ActivityPolicies.ROLLOUT, start);
  }

  private R backups(
      ActivityPolicies.Policy policy, Function<BackupActivities, Promise<StepOutcome>> start) {
    return through(BackupActivities.class, policy, start);
  }

  private R restores(
      ActivityPolicies.Policy policy, Function<RestoreActivities, Promise<StepOutcome>> start) {
    return through(RestoreActivities.class, policy, start);
  }

  private R instances(Function<InstanceActivities, Promise<StepOutcome>> start) {
    return through(InstanceActivities.class, ActivityPolicies.ROLLOUT, start);
  }

  private <A> R through(
      Class<A> hands, ActivityPolicies.Policy policy, Function<A, Promise<StepOutcome>> start) {
    Call made = call.apply(policy);
    A stub = Workflow.newActivityStub(hands, made.options());
    return run.run(made, () -> start.apply(stub));
  }
}
