package dev.lockstep.workflows.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * The last verification of all rows, and what follows from it.
 *
 * <ol>
 *   <li>While a run waits, all rows are verified again after a minute, then after two, four and so
 *       on up to an hour: who waits for days leaves a short history.
 *   <li>It never begins sooner than nine times what the last one took, so that all of them together
 *       take at most a tenth of the time.
 *   <li>Contract begins on it while it is not older than ten times what it took, or a minute: so
 *       one that is made before contract adds at most a tenth to the time since the last one, and
 *       one that is due and under way when the wait ends need not come to its end.
 * </ol>
 *
 * @param ended when it came to its end
 * @param took its duration
 * @param rows compared, of all tables
 * @param repetitions verifications since the first one, this one included
 * @param clean whether every row was right
 */
record Verified(Instant ended, Duration took, long rows, int repetitions, boolean clean) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int BREAK_PARTS = 9;

  /** Doubling further would be longer than the longest. */
  private static final int MOST_DOUBLINGS = 6;

  /** How long a run waits until it verifies again, where nothing is known of an earlier time. */
  static Duration firstBreak() {
    return SHORTEST;
  }

  /** How long the run waits until all rows are verified again. */
  Duration breakAfter() {
    Duration wanted = SHORTEST.multipliedBy(1L << Math.min(repetitions, MOST_DOUBLINGS));
    return longer(wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST, BREAK_PARTS);
  }

  /** When all rows are due to be verified again; rows that were wrong are due at once. */
  Instant due() {
    return clean ? ended.plus(breakAfter()) : ended;
  }

  /** Whether contract may begin on it. */
  boolean counts(Instant now) {
    return clean && !now.isAfter(ended.plus(longer(SHORTEST, BREAK_PARTS + 1)));
  }

  private Duration longer(Duration least, int times) {
    Duration share = took.multipliedBy(times);
    return share.compareTo(least) > 0 ? share : least;
  }
}
