package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a backup beside its manifest.
 *
 * @param verified how it was found to be good, the oldest first
 * @param doubt why what says that it was verified does not count
 */
record Standing(Trust trust, List<Verified> verified, Optional<String> doubt) {
  /** Nobody tried the backup. */
  static final Standing NONE = new Standing(Trust.UNVERIFIED, List.of(), Optional.empty());

  Standing {
    verified = List.copyOf(verified);
  }

  static Standing of(List<Verified> verified) {
    return verified.isEmpty() ? NONE : new Standing(Trust.VERIFIED, verified, Optional.empty());
  }

  static Standing doubted(Trust trust, String why) {
    return new Standing(trust, List.of(), Optional.of(why));
  }
}
