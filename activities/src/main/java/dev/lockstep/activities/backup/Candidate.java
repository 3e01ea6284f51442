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
    /** Nobody tried. */
    UNVERIFIED
  }

  static Candidate of(Listed listed) {
    return new Candidate(
        listed.id(), listed.snapshot(), listed.isVerified() ? Trust.VERIFIED : Trust.UNVERIFIED);
  }
}
