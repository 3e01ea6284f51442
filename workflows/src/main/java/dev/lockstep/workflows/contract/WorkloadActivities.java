package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.Action;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Changes of workloads in the cluster. */
@ActivityInterface
public interface WorkloadActivities {
  /**
   * Puts the images in, then waits until every pod is new and available. The images that were there
   * before are noted in the workload itself first (an annotation named after run and step).
   */
  @ActivityMethod(name = "rollOut")
  StepOutcome rollOut(StepScope scope, Action.RollOut action);

  /** Puts the noted images back and waits; nothing where the step never began. */
  @ActivityMethod(name = "rollBack")
  StepOutcome rollBack(StepScope scope, Action.RollBack action);
}
