package dev.lockstep.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** From a request to a plan. */
@ActivityInterface
public interface PlanActivities {
  /**
   * Finds and checks the definition, looks for an unfinished run in the ledger, else observes and
   * plans. Changes nothing.
   */
  @ActivityMethod(name = "prepare")
  Prepared prepare(Preparation preparation);

  /** Who wants to know of a run whose planning gave no answer. Reads definitions, nothing else. */
  @ActivityMethod(name = "findAddressees")
  Addressees findAddressees(Preparation preparation);
}
