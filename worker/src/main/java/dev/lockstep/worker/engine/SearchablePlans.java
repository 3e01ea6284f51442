package dev.lockstep.worker.engine;

import dev.lockstep.workflows.contract.Addressees;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;

/**
 * Plans, and tells the run that the service has Lockstep's search attributes: who starts one from
 * the Temporal UI cannot know.
 */
record SearchablePlans(PlanActivities plans) implements PlanActivities {
  @Override
  public Prepared prepare(Preparation preparation) {
    return plans.prepare(preparation).searchable();
  }

  @Override
  public Addressees findAddressees(Preparation preparation) {
    return plans.findAddressees(preparation);
  }
}
