package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A backup of the catalogue.
 *
 * @param manifest as it is in the store; whether its seal fits is known only to a {@link Reader}
 * @param verifications the oldest first
 * @param doubt why the backup counts as not verified though something says that it was
 */
public record Listed(
    Manifest manifest, Trust trust, List<Verified> verifications, Optional<String> doubt) {
  static final Comparator<Listed> NEWEST_FIRST =
      Comparator.comparing(Listed::snapshot).thenComparing(Listed::id).reversed();

  public Listed {
    verifications = List.copyOf(verifications);
  }

  /** Its id. */
  public String id() {
    return manifest.id();
  }

  /** Of when its data is. */
  public Instant snapshot() {
    return manifest.facts().snapshot();
  }

  /** Whether it was read back or restored successfully. */
  public boolean isVerified() {
    return trust == Trust.VERIFIED;
  }
}
