package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A backup that has to be there before a migration changes anything.
 *
 * @param backup name of a {@link Backup} of the same database
 * @param maxAge a verified one whose data is not older is enough, and is read back; absent: a new
 *     one is taken
 * @param keepDropped how long what finish drops is kept in the store of the backup; zero: not at
 *     all; absent: {@link #KEPT}
 */
public record RestorePoint(
    String backup, Optional<Duration> maxAge, Optional<Duration> keepDropped) {
  /** A quarter: a report of the quarter is often the first that misses what was dropped. */
  public static final Duration KEPT = Duration.ofDays(90);

  /** How long what is dropped is kept; zero: not at all. */
  public Duration keptFor() {
    return keepDropped.orElse(KEPT);
  }
}
