package dev.lockstep.activities.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a store holds of one backup's name.
 *
 * @param complete the newest first
 * @param unreadable those whose manifest says nothing: they are neither offered nor removed
 * @param leftovers what has no manifest, so that it is no backup
 */
public record Listing(
    List<Listed> complete, List<Unreadable> unreadable, List<Leftover> leftovers) {
  public Listing {
    complete = List.copyOf(complete);
    unreadable = List.copyOf(unreadable);
    leftovers = List.copyOf(leftovers);
  }

  /** A backup whose manifest cannot be read, and why. */
  public record Unreadable(String id, String reason) {}

  /**
   * Objects of a backup that was never completed, or is half removed.
   *
   * @param objects how many
   * @param newest when the newest of them appeared, by the clock of the store
   */
  public record Leftover(String id, int objects, Instant newest) {}
}
