package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import io.temporal.activity.ActivityOptions;

/**
 * One call of an activity.
 *
 * @param step id of the step it works for, or a word such as {@code settle}
 * @param title for people
 */
record Call(String step, String title, ActivityPolicies.Policy policy) {
  static Call of(PlannedStep step, ActivityPolicies.Policy policy) {
    return new Call(step.id(), step.sentence(), policy);
  }

  static Call again(PlannedStep step, ActivityPolicies.Policy policy) {
    return new Call(step.id(), "again: " + step.sentence(), policy);
  }

  static Call undoing(PlannedStep step, ActivityPolicies.Policy policy) {
    return new Call(step.id(), "undo: " + step.undo().sentence(), policy);
  }

  ActivityOptions options() {
    return policy.titled(title);
  }
}
