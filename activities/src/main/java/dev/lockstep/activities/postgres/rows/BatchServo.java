package dev.lockstep.activities.postgres.rows;

import java.time.Duration;

/**
 * How many rows the next batch has, so that a batch takes the time aimed at. Not safe for several
 * threads: each has its own.
 *
 * <ol>
 *   <li>A batch that was faster lets the next one grow in proportion, at most by half.
 *   <li>A slower one lets it shrink in proportion.
 *   <li>One that took five times as long shrinks it to a tenth: something is wrong, and rows are
 *       locked meanwhile.
 * </ol>
 *
 * <p>The factors are those that the chunker of block/spirit settled on (growth by 1.5, alarm at 5);
 * its ceiling of 100,000 rows is halved, because here the rows are locked for the whole batch.
 */
final class BatchServo {
  static final long LEAST = 10;
  static final long MOST = 50_000;
  static final long FIRST = 250;

  private static final double GROWTH = 1.5;
  private static final double ALARM = 5;
  private static final double ALARM_FACTOR = 0.1;

  private final Duration target;
  private double size = FIRST;

  BatchServo(Duration target) {
    this.target = target;
  }

  /** Rows of the next batch. */
  long size() {
    return Math.round(size);
  }

  /**
   * Rows of the next batch.
   *
   * @param most for reasons other than its time
   */
  long size(long most) {
    return Math.max(LEAST, Math.min(size(), most));
  }

  /** Learns from a batch. A batch of fewer rows than asked for teaches nothing about growth. */
  void took(Duration time, long asked) {
    double share = Math.max(1, time.toNanos()) / (double) Math.max(1, target.toNanos());
    if (share <= 1 && asked < size()) {
      return;
    }
    double factor = share > ALARM ? ALARM_FACTOR : Math.min(GROWTH, 1 / share);
    size = Math.max(LEAST, Math.min(MOST, Math.min(size, (double) asked) * factor));
  }

  /** Starts again from few rows, after a batch failed. */
  void startAgain() {
    size = FIRST;
  }
}
