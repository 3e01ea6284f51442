package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.BackupStep;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What stands still while a backup is taken. Each act can be done again after it was done half; to
 * let go on what does not stand still does nothing.
 */
@ActivityInterface
public interface QuiesceActivities {
  /**
   * Scales a workload to no pod and waits for its last one. The replicas that it had are noted in
   * the workload by the same request.
   */
  @ActivityMethod(name = "stopWorkload")
  StepOutcome stopWorkload(StepScope scope, BackupStep.StopWorkload step);

  /** Gives it the noted replicas and waits for its pods, for a while. */
  @ActivityMethod(name = "startWorkload")
  StepOutcome startWorkload(StepScope scope, BackupStep.StartWorkload step);

  /** Notes that a pod is frozen, then runs the command that freezes it. */
  @ActivityMethod(name = "freeze")
  StepOutcome freeze(StepScope scope, BackupStep.Freeze step);

  /** Runs the command that thaws what the note names, then removes the note. */
  @ActivityMethod(name = "thaw")
  StepOutcome thaw(StepScope scope, BackupStep.Thaw step);
}
