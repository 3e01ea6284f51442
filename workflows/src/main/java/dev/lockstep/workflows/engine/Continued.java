package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Everything that a run takes along into a new history. Temporal carries the search attributes by
 * itself, the memo it does not.
 *
 * @param limits in force
 * @param memo as it was last written
 * @param stepsAHistory after which it goes on in a new history
 */
record Continued(
    Prepared prepared,
    Limits limits,
    Place place,
    Past past,
    Said said,
    SortedMap<String, String> memo,
    int stepsAHistory) {
  Continued {
    if (stepsAHistory < 1) {
      throw new IllegalArgumentException("stepsAHistory is at least 1, not " + stepsAHistory);
    }
    int steps = prepared.plan().steps().size();
    if (place.position() < 0 || place.position() > steps || past.steps().size() != steps) {
      throw new IllegalArgumentException("it does not fit its plan of " + steps + " steps");
    }
  }

  /**
   * How far it is.
   *
   * @param position of the next step in the plan, from 0
   * @param claimed whether the ledger has the run
   * @param returnPassed id of the first step after which nothing can be undone, where it began
   */
  record Place(int position, boolean claimed, Optional<String> returnPassed) {}

  /**
   * What happened.
   *
   * @param undo ids of the steps that have to be undone, oldest first
   * @param fault the first one
   * @param faults newest first
   * @param verified all rows, the last time; absent: not in this process
   */
  record Past(
      List<String> undo,
      List<StepReport> steps,
      Optional<Fault> fault,
      List<Fault> faults,
      Optional<Verified> verified) {}

  /**
   * What people said that still counts.
   *
   * @param approvedGates as a worker of an earlier version noted them, without the people
   * @param votes not given by such a worker
   */
  record Said(List<String> approvedGates, Optional<Control.Pause> pause, List<Votes.Vote> votes) {
    Said {
      approvedGates = List.copyOf(approvedGates);
      votes = List.copyOf(Objects.requireNonNullElse(votes, List.of()));
    }

    /** All approvals; those without people are of the beginning of time. */
    List<Votes.Vote> given() {
      return Stream.concat(
              approvedGates.stream()
                  .map(gate -> new Votes.Vote(gate, Optional.empty(), Instant.EPOCH)),
              votes.stream())
          .toList();
    }
  }
}
