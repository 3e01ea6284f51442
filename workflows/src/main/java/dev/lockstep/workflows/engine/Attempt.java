package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import java.util.Optional;

/**
 * How one try of a step ended: with an outcome, with a fault, or with neither because somebody
 * asked for something else.
 */
record Attempt(Optional<StepOutcome> outcome, Optional<Fault> fault) {
  static Attempt done(StepOutcome outcome) {
    return new Attempt(Optional.of(outcome), Optional.empty());
  }

  static Attempt failed(Fault fault) {
    return new Attempt(Optional.empty(), Optional.of(fault));
  }

  static Attempt interrupted() {
    return new Attempt(Optional.empty(), Optional.empty());
  }
}
