package dev.lockstep.activities.ledger;

import java.util.Optional;

/**
 * One range of a table's rows, as the ledger knows it. Keys are text that only the walker of the
 * table reads.
 *
 * @param number from 0, in the order of the keys
 * @param low rows after this key; absent: from the first one
 * @param high rows up to this key and with it; absent: up to the last one
 * @param position the last key that is done; absent: none is
 * @param rows changed or compared so far
 * @param batches committed so far
 */
public record RangeRecord(
    int number,
    Optional<String> low,
    Optional<String> high,
    Optional<String> position,
    long rows,
    long batches,
    State state) {
  /** A range that was never worked on. */
  public static RangeRecord fresh(int number, Optional<String> low, Optional<String> high) {
    return new RangeRecord(number, low, high, Optional.empty(), 0, 0, State.OPEN);
  }

  /** After which key the work goes on: the position, else the lower bound. */
  public Optional<String> from() {
    return position.isPresent() ? position : low;
  }

  /** How far a range came. The ledger stores the names. */
  public enum State {
    /** Rows are left, and no batch is under way. */
    OPEN,
    /** A batch was begun; where nobody works on the range any more, it was lost. */
    IN_FLIGHT,
    /** No row is left. */
    DONE
  }
}
