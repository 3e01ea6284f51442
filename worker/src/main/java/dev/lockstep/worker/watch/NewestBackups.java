package dev.lockstep.worker.watch;

import java.time.Instant;
import java.util.Optional;

/** Finds the newest backup of a name. */
@FunctionalInterface
interface NewestBackups {
  /**
   * A backup.
   *
   * @param snapshot the moment whose data it has
   */
  record Newest(String id, Instant snapshot) {}

  /** Absent: there is none that is complete. */
  Optional<Newest> find(Objective objective);
}
