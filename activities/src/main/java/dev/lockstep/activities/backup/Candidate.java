package dev.lockstep.activities.backup;

import java.time.Instant;

/**
 * A backup as retention sees it.
 *
 * @param snapshot of when its data is
 */
public record Candidate(String id, Instant snapshot, Trust trust) {
  /** What is known of it. */
  public enum Trust {
    /** It was read back or restored successfully. */
    VERIFIED,
    /** Nobody tried, or what says so is not ours. */
    UNVERIFIED,
    /** It may have been: the key that could tell is not there. */
    UNKNOWN
  }

  static Candidate of(Listed listed) {
    return new Candidate(listed.id(), listed.snapshot(), listed.trust());
  }
}
