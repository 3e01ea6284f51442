package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.RunKey;

/**
 * What the ledger says of a run.
 *
 * @param definition the resolved definition as JSON
 * @param plan as JSON
 * @param schemaBefore the catalogue's lines of the claimed tables before the first step
 */
public record RunRecord(
    RunKey key,
    int number,
    RunState state,
    String definition,
    String definitionHash,
    String plan,
    String planHash,
    String workflowId,
    String schemaBefore) {}
