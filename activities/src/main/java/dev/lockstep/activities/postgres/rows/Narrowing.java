package dev.lockstep.activities.postgres.rows;

import java.util.Optional;

/**
 * The search for the one row that makes a batch fail, by halves: about as many tries as the
 * logarithm of the batch's rows. What comes before the row is done on the way. At every try at most
 * twice as many rows are left as it has.
 */
final class Narrowing {
  private long size;
  private Optional<Key> end = Optional.empty();

  /** Whether a failed batch is being searched. */
  boolean active() {
    return size > 0;
  }

  /** Whether the next batch has one row. */
  boolean atOneRow() {
    return size == 1;
  }

  /** Rows of the next batch. */
  long size() {
    return size;
  }

  /** The part of an interval that is searched; all of it where no search is on. */
  Interval within(Interval left) {
    return left.endingAt(end);
  }

  /**
   * A batch failed.
   *
   * @param rows that it had at most
   */
  void failed(Key batchEnd, long rows) {
    size = half(rows);
    end = Optional.of(batchEnd);
  }

  /** A batch up to this key was done. */
  void done(Key batchEnd) {
    if (end.equals(Optional.of(batchEnd))) {
      size = 0;
      end = Optional.empty();
    } else if (active()) {
      size = half(size);
    }
  }

  private static long half(long rows) {
    return Math.max(1, (rows + 1) / 2);
  }
}
