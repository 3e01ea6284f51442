package dev.lockstep.workflows.api;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.Fault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as it stands.
 *
 * @param run its key in the ledger; empty while it is being prepared
 * @param step id of the current step; of several, the one that began first
 * @param progress of that step, as it was last reported
 * @param together progress of each, where several steps are at work at the same time
 * @param verification what is known of all rows; absent: they were not verified yet
 * @param waitingFor every reason why it does not go on, for people
 * @param decisions what can be said to it now, such as {@code approve contract}
 * @param limits in force; absent while it is being prepared
 * @param faults newest first, at most ten
 */
public record RunStatus(
    RunState state,
    Phase phase,
    String run,
    Optional<String> step,
    Optional<Progress> progress,
    List<Progress> together,
    Optional<Verification> verification,
    List<String> waitingFor,
    List<String> decisions,
    Optional<Limits> limits,
    List<Hazard> hazards,
    List<StepReport> steps,
    List<Fault> faults,
    List<Fault> undoFailures) {
  /** A worker of an earlier version does not say what is at work at the same time. */
  public RunStatus {
    together = List.copyOf(Objects.requireNonNullElse(together, List.of()));
    waitingFor = List.copyOf(waitingFor);
    decisions = List.copyOf(decisions);
    hazards = List.copyOf(hazards);
    steps = List.copyOf(steps);
    faults = List.copyOf(faults);
    undoFailures = List.copyOf(undoFailures);
  }
}
