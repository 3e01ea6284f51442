package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.BackupStep;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Instances of databases in the cluster, and the Services that lead to them. */
@ActivityInterface
public interface InstanceActivities {
  /** Makes an instance, with heartbeat, and waits until its first pod is ready. */
  @ActivityMethod(name = "makeInstance")
  StepOutcome makeInstance(StepScope scope, BackupStep.MakeInstance step);

  /** Removes an instance that this run made; one that it did not make is left alone. */
  @ActivityMethod(name = "removeInstance")
  StepOutcome removeInstance(StepScope scope, BackupStep.RemoveInstance step);

  /** Notes on everything that this run made for an instance that it stays. */
  @ActivityMethod(name = "keepInstance")
  StepOutcome keepInstance(StepScope scope, BackupStep.KeepInstance step);

  /** Lets a Service lead to the instance, and notes on it where it led before. */
  @ActivityMethod(name = "switchService")
  StepOutcome switchService(StepScope scope, BackupStep.SwitchService step);

  /** Lets it lead to where it led before. */
  @ActivityMethod(name = "switchBack")
  StepOutcome switchBack(StepScope scope, BackupStep.SwitchBack step);

  /** Scales a StatefulSet to nothing. */
  @ActivityMethod(name = "stopOld")
  StepOutcome stopOld(StepScope scope, BackupStep.StopOld step);
}
