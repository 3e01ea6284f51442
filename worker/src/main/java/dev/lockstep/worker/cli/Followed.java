package dev.lockstep.worker.cli;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import java.util.Optional;

/**
 * What came of following a run: at most one of the three.
 *
 * @param outcome of a run that ended by itself
 * @param fault of a run that failed before it changed anything, or of which that is not known
 * @param status of a run that goes on, or is held, without being followed; absent where no worker
 *     answered
 */
record Followed(
    Optional<RunOutcome> outcome, Optional<Fault> fault, Optional<RunStatus> status, int exitCode) {
  static Followed ended(RunOutcome outcome) {
    return new Followed(
        Optional.of(outcome), Optional.empty(), Optional.empty(), ExitCode.of(outcome.state()));
  }

  static Followed failed(Fault fault) {
    return new Followed(
        Optional.empty(), Optional.of(fault), Optional.empty(), ExitCode.of(fault.code()));
  }

  /** Whether nobody knows how far the run came: not it but the service or a defect ended it. */
  boolean isUnclear() {
    return fault
        .filter(it -> it.code() == FaultCode.INTERNAL_ERROR || it.code() == FaultCode.RUN_ABORTED)
        .isPresent();
  }

  static Followed held(RunStatus status) {
    return new Followed(
        Optional.empty(), Optional.empty(), Optional.of(status), ExitCode.NEEDS_PERSON);
  }

  static Followed unfinished(Optional<RunStatus> status) {
    return new Followed(Optional.empty(), Optional.empty(), status, ExitCode.UNFINISHED);
  }

  /** With the places of its fault in the files. */
  Followed at(Places places) {
    return new Followed(
        outcome,
        fault.map(it -> Fault.of(it.code(), places.in(it.message()), it.step())),
        status,
        exitCode);
  }
}
