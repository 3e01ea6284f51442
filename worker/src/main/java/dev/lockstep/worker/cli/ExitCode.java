package dev.lockstep.worker.cli;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.FaultCode;

/** What the command's exit status says. The numbers are a contract with scripts. */
final class ExitCode {
  /** Done, or nothing to do. */
  static final int DONE = 0;

  /** Failed, and everything is as before. */
  static final int ROLLED_BACK = 1;

  /** The command line or the definition is wrong. */
  static final int INVALID = 2;

  /** Held or failed, with something left to a person. */
  static final int NEEDS_PERSON = 3;

  /** A service could not be reached. */
  static final int UNREACHABLE = 4;

  /** Not finished: detached, or the time limit is over. */
  static final int UNFINISHED = 5;

  private ExitCode() {}

  static int of(RunState state) {
    return switch (state) {
      case SUCCEEDED -> DONE;
      case ROLLED_BACK, CANCELLED -> ROLLED_BACK;
      case FAILED, HELD -> NEEDS_PERSON;
      case RUNNING, PAUSED, WAITING, ROLLING_BACK -> UNFINISHED;
    };
  }

  /** For a run that failed before it changed anything. */
  static int of(FaultCode code) {
    if (code == FaultCode.CREDENTIALS_REFUSED || code == FaultCode.CREDENTIALS_MISSING) {
      // Nobody got in: the same as not being reached, for whoever waits for the change.
      return UNREACHABLE;
    }
    return switch (code.kind()) {
      case INVALID -> INVALID;
      case CONFLICT, INTERNAL -> NEEDS_PERSON;
      case BUSY, UNREACHABLE -> UNREACHABLE;
    };
  }
}
