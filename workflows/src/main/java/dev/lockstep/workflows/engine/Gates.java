package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gates of a plan and those that somebody approved, before or while the run waits there. */
final class Gates {
  private final List<String> known = new ArrayList<>();
  private final List<String> approved = new ArrayList<>();
  private Optional<String> waitingAt = Optional.empty();

  void open(List<PlannedStep> steps, List<String> alreadyApproved) {
    for (PlannedStep step : steps) {
      named(step).ifPresent(known::add);
    }
    approved.addAll(alreadyApproved);
  }

  /** The gate that a step is, if it is one. */
  static Optional<String> named(PlannedStep step) {
    return step.action() instanceof Action.Approve gate
        ? Optional.of(gate.gate())
        : Optional.empty();
  }

  List<String> known() {
    return List.copyOf(known);
  }

  List<String> approved() {
    return List.copyOf(approved);
  }

  boolean isApproved(String gate) {
    return approved.contains(gate);
  }

  void approve(String gate) {
    approved.add(gate);
  }

  /** The gate at which the run waits now. */
  Optional<String> waitingAt() {
    return waitingAt;
  }

  void arrive(String gate) {
    waitingAt = Optional.of(gate);
  }

  void leave() {
    waitingAt = Optional.empty();
  }
}
