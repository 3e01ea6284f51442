package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes away what a run loaded. The mark goes last, so that the next call of a killed worker knows
 * that it may go on.
 */
record ClearLoad(Marks marks, StepScope scope, Reporter reporter) {
  StepOutcome run() {
    if (!isOurs(Alive.asking(reporter, marks::claimedBy))) {
      return new StepOutcome(true, new TreeMap<>());
    }
    change(marks::clear);
    change(marks::release);
    return StepOutcome.done();
  }

  /** Gives the mark up, so that nothing is taken away any more. */
  StepOutcome release() {
    if (!isOurs(Alive.asking(reporter, marks::claimedBy))) {
      return new StepOutcome(true, new TreeMap<>());
    }
    change(marks::release);
    return StepOutcome.done();
  }

  boolean isOurs(Optional<String> claim) {
    return claim.equals(Optional.of(scope.run().id()));
  }

  /** Brought to its end, whatever is wished meanwhile. */
  void change(Runnable work) {
    Alive.over(
        reporter::alive,
        Alive.Stop.FINISH,
        () -> {
          work.run();
          return true;
        });
  }
}
