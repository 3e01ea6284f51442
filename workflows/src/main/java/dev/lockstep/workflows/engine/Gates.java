package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gates of a plan and those that somebody approved. Most may be approved before the run waits
 * there; those of a trial only while it does.
 */
final class Gates {
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> beforehand = new LinkedHashSet<>();
  final Votes votes = new Votes();
  private Optional<Wait> wait = Optional.empty();

  private record Wait(String gate, String reason) {}

  void open(Plan plan, List<Votes.Vote> given) {
    for (PlannedStep step : plan.steps()) {
      named(step).ifPresent(known::add);
      if (step.action() instanceof Action.Approve gate) {
        beforehand.add(gate.gate());
      }
    }
    votes.open(plan.approvers(), given);
  }

  /** The gate that a step is, or may become, if it is one. */
  static Optional<String> named(PlannedStep step) {
    if (step.action() instanceof Action.Approve gate) {
      return Optional.of(gate.gate());
    }
    if (step.action() instanceof Action.BeforeTrial before) {
      return Optional.of(before.gate());
    }
    return step.action() instanceof Action.Trial trial
        ? Optional.of(trial.gate())
        : Optional.empty();
  }

  List<String> known() {
    return List.copyOf(known);
  }

  boolean isApproved(String gate) {
    return votes.suffice(gate);
  }

  /** An approval that was given counts no more. */
  void withdraw(String gate) {
    votes.withdraw(gate);
  }

  /** Whether an approval makes sense now. */
  boolean takes(String gate) {
    return beforehand.contains(gate) || waitingAt().filter(gate::equals).isPresent();
  }

  /** The gate at which the run waits now. */
  Optional<String> waitingAt() {
    return wait.map(Wait::gate);
  }

  /** Why it waits there, for people. */
  Optional<String> reason() {
    return wait.map(
        it -> votes.progress(it.gate()).map(far -> it.reason() + ": " + far).orElse(it.reason()));
  }

  void arrive(String gate, String reason) {
    wait = Optional.of(new Wait(gate, reason));
  }

  void leave() {
    wait = Optional.empty();
  }
}
