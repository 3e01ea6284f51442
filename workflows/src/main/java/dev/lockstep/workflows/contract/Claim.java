package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.Plan;

/**
 * What the ledger gets when a run begins.
 *
 * @param workflowId of the run, for people who read the ledger
 * @param definition {@link Prepared#definition()}
 */
public record Claim(
    StepScope scope,
    Plan plan,
    String planHash,
    String definitionHash,
    String workflowId,
    String definition) {
  /** Without the definition's text. */
  public Claim(
      StepScope scope, Plan plan, String planHash, String definitionHash, String workflowId) {
    this(scope, plan, planHash, definitionHash, workflowId, "");
  }
}
