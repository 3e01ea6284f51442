package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.contract.StepOutcome;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the ledger says of a step.
 *
 * @param figures those of the time it was done; empty before
 */
public record StepRecord(State state, SortedMap<String, Long> figures) {
  public StepRecord {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Whether nothing is left to do. */
  public boolean done() {
    return state == State.DONE;
  }

  /** The answer to a step that was done before. */
  public StepOutcome alreadyDone() {
    return new StepOutcome(true, figures);
  }

  /** How far it came. The ledger stores the names. */
  public enum State {
    /** Begun; what of it is there has to be looked up. */
    STARTED,
    /** Done. */
    DONE,
    /** Taken back. */
    UNDONE
  }
}
