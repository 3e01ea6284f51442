package dev.lockstep.workflows.fakes;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.BackupActivities;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.contract.InstanceActivities;
import dev.lockstep.workflows.contract.KeptActivities;
import dev.lockstep.workflows.contract.QuiesceActivities;
import dev.lockstep.workflows.contract.RestoreActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;

/** The activities of backups, restores and drills, as {@link FakeHands} are those of migrations. */
public final class FakeCopies
    implements BackupActivities,
        RestoreActivities,
        InstanceActivities,
        QuiesceActivities,
        KeptActivities {
  private final Script script;

  public FakeCopies(Script script) {
    this.script = script;
  }

  @Override
  public StepOutcome preflight(StepScope scope, BackupStep.Preflight step) {
    return script.play("preflight", scope);
  }

  @Override
  public StepOutcome mark(StepScope scope, BackupStep.Mark step) {
    return script.play("mark", scope);
  }

  @Override
  public StepOutcome take(StepScope scope, BackupStep.Take step) {
    return script.play("take", scope);
  }

  @Override
  public StepOutcome discard(StepScope scope, BackupStep.Discard step) {
    return script.play("discard", scope);
  }

  @Override
  public StepOutcome readBack(StepScope scope, BackupStep.ReadBack step) {
    return script.play("readBack", scope);
  }

  @Override
  public StepOutcome prune(StepScope scope, BackupStep.Prune step) {
    return script.play("prune", scope);
  }

  @Override
  public StepOutcome keepDropped(StepScope scope, BackupStep.KeepDropped step) {
    return script.play("keepDropped", scope);
  }

  @Override
  public StepOutcome discardKept(StepScope scope, BackupStep.DiscardKept step) {
    return script.play("discardKept", scope);
  }

  @Override
  public StepOutcome load(StepScope scope, BackupStep.Load step) {
    return script.play("load", scope);
  }

  @Override
  public StepOutcome clear(StepScope scope, BackupStep.Clear step) {
    return script.play("clear", scope);
  }

  @Override
  public StepOutcome compare(StepScope scope, BackupStep.Compare step) {
    return script.play("compare", scope);
  }

  @Override
  public StepOutcome askRestored(StepScope scope, BackupStep.Ask step) {
    return script.play("askRestored", scope);
  }

  @Override
  public StepOutcome makeInstance(StepScope scope, BackupStep.MakeInstance step) {
    return script.play("makeInstance", scope);
  }

  @Override
  public StepOutcome removeInstance(StepScope scope, BackupStep.RemoveInstance step) {
    return script.play("removeInstance", scope);
  }

  @Override
  public StepOutcome switchService(StepScope scope, BackupStep.SwitchService step) {
    return script.play("switchService", scope);
  }

  @Override
  public StepOutcome switchBack(StepScope scope, BackupStep.SwitchBack step) {
    return script.play("switchBack", scope);
  }

  @Override
  public StepOutcome stopOld(StepScope scope, BackupStep.StopOld step) {
    return script.play("stopOld", scope);
  }

  @Override
  public StepOutcome release(StepScope scope, BackupStep.Release step) {
    return script.play("release", scope);
  }

  @Override
  public StepOutcome keepInstance(StepScope scope, BackupStep.KeepInstance step) {
    return script.play("keepInstance", scope);
  }

  @Override
  public StepOutcome stopWorkload(StepScope scope, BackupStep.StopWorkload step) {
    return script.play("stopWorkload", scope);
  }

  @Override
  public StepOutcome startWorkload(StepScope scope, BackupStep.StartWorkload step) {
    return script.play("startWorkload", scope);
  }

  @Override
  public StepOutcome freeze(StepScope scope, BackupStep.Freeze step) {
    return script.play("freeze", scope);
  }

  @Override
  public StepOutcome thaw(StepScope scope, BackupStep.Thaw step) {
    return script.play("thaw", scope);
  }

  @Override
  public void conclude(Conclusion conclusion) {
    script.play("conclude", conclusion.state().name());
  }
}
