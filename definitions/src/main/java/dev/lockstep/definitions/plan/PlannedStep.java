package dev.lockstep.definitions.plan;

import java.util.Optional;

/**
 * One step of a plan.
 *
 * @param id unique in the plan, stable for the same definition: {@code PHASE/what}, for example
 *     {@code expand/customers-add-full_name}
 * @param sentence what it does, for people, at most 120 characters
 * @param pointOfNoReturn whether nothing can be undone once this step began
 * @param skippable whether a held run may go on without it
 * @param together neighbours with the same number may be done at the same time, as many as {@code
 *     limits.tables} says; absent: it is done by itself
 */
public record PlannedStep(
    String id,
    Phase phase,
    String sentence,
    Action action,
    Undo undo,
    Estimate estimate,
    boolean pointOfNoReturn,
    boolean skippable,
    Optional<Integer> together) {
  /** One that is done by itself. */
  public PlannedStep(
      String id,
      Phase phase,
      String sentence,
      Action action,
      Undo undo,
      Estimate estimate,
      boolean pointOfNoReturn,
      boolean skippable) {
    this(id, phase, sentence, action, undo, estimate, pointOfNoReturn, skippable, Optional.empty());
  }

  /** The same as one of several that may be done at the same time. */
  PlannedStep together(int number) {
    return new PlannedStep(
        id,
        phase,
        sentence,
        action,
        undo,
        estimate,
        pointOfNoReturn,
        skippable,
        Optional.of(number));
  }
}
