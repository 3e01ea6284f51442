package dev.lockstep.workflows.api;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.fault.Fault;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a run.
 *
 * @param state a final one
 * @param phase that it reached
 * @param run its key in the ledger, such as {@code customer-full-name/1}; empty where it never
 *     began
 * @param message one sentence for people
 * @param figures of all steps: sums, and maxima for names that begin with {@code max}
 * @param fault the first one
 * @param undoFailures what could not be undone, beside the first fault
 */
public record RunOutcome(
    RunState state,
    Phase phase,
    String run,
    String message,
    List<StepReport> steps,
    SortedMap<String, Long> figures,
    Optional<Fault> fault,
    List<Fault> undoFailures) {
  public RunOutcome {
    steps = List.copyOf(steps);
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    undoFailures = List.copyOf(undoFailures);
  }
}
