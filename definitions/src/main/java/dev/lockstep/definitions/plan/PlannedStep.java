package dev.lockstep.definitions.plan;

/**
 * One step of a plan.
 *
 * @param id unique in the plan, stable for the same definition: {@code PHASE/what}, for example
 *     {@code expand/customers-add-full_name}
 * @param sentence what it does, for people, at most 120 characters
 * @param pointOfNoReturn whether nothing can be undone once this step began
 * @param skippable whether a held run may go on without it
 */
public record PlannedStep(
    String id,
    Phase phase,
    String sentence,
    Action action,
    Undo undo,
    Estimate estimate,
    boolean pointOfNoReturn,
    boolean skippable) {}
