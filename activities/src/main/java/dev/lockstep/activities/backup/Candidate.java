package dev.lockstep.activities.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup as retention sees it.
 *
 * @param snapshot of when its data is
 * @param follows id of the one without which it cannot be restored; absent: it needs none
 */
public record Candidate(String id, Instant snapshot, Trust trust, Optional<String> follows) {
  /** One that needs no other. */
  public Candidate(String id, Instant snapshot, Trust trust) {
    this(id, snapshot, trust, Optional.empty());
  }

  /** What is known of it. */
  public enum Trust {
    /** It was read back or restored successfully. */
    VERIFIED,
    /** Nobody tried, or what says so is not ours. */
    UNVERIFIED,
    /** It may have been: the key that could tell is not there. */
    UNKNOWN
  }

  /** One that cannot be restored counts as not verified: something that it needs is missing. */
  static Candidate of(Listed listed, Chains chains) {
    return new Candidate(
        listed.id(),
        listed.snapshot(),
        chains.to(listed).isPresent() ? listed.trust() : Trust.UNVERIFIED,
        chains.before(listed).map(Listed::id));
  }
}
