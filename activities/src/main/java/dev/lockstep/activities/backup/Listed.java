package dev.lockstep.activities.backup;

import java.time.Instant;
import java.util.List;

/**
 * A backup of the catalogue.
 *
 * @param manifest as it is in the store; whether its seal fits is known only to a {@link Reader}
 * @param verifications the oldest first
 */
public record Listed(Manifest manifest, List<Verified> verifications) {
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
    return !verifications.isEmpty();
  }
}
