package dev.lockstep.activities.backup;

import java.time.Instant;

/**
 * That a backup was found to be good.
 *
 * @param run which one found it, or the name of a command
 */
public record Verified(Instant when, How how, String run) {
  /** How far it was tried. */
  public enum How {
    /** Every object was read and compared. */
    READ_BACK,
    /** It was restored, and the database answered as expected. */
    DRILL
  }
}
