package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What must hold before old names go, and for how long they can come back.
 *
 * @param approval whether somebody must say {@code approve} with gate {@code contract}
 * @param revertWindow how long hidden columns and tables are kept before they are dropped
 * @param oldApplicationName pattern of {@code LIKE} on {@code application_name}: while a session
 *     matches, contract waits
 */
public record ContractPolicy(
    Approval approval, Duration revertWindow, Optional<String> oldApplicationName) {
  /** No approval, no window, no pattern. */
  public static final ContractPolicy DEFAULT =
      new ContractPolicy(Approval.NONE, Duration.ZERO, Optional.empty());

  /** Who decides. */
  public enum Approval {
    /** Goes on by itself. */
    NONE,
    /** Waits for a person. */
    REQUIRED
  }
}
