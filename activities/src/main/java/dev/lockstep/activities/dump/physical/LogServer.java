package dev.lockstep.activities.dump.physical;

import java.time.Instant;
import java.util.Optional;

/**
 * A server and its log at some moment.
 *
 * @param version such as {@code 15.20}
 * @param system identifier of its files
 * @param position where it writes
 * @param now by its clock
 * @param bytes of all databases, as far as the role may see them
 * @param slot that keeps the log between two runs; absent: it is not there
 */
record LogServer(
    String version,
    String system,
    int timeline,
    long segmentBytes,
    Lsn position,
    Instant now,
    long bytes,
    Optional<Slot> slot) {
  /**
   * A replication slot.
   *
   * @param keeps the log from there on; absent: nothing
   * @param lost whether the server has given up what it was to keep
   */
  record Slot(Optional<Lsn> keeps, boolean lost) {}

  int major() {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  /** What the slot keeps, in bytes. */
  long held() {
    return slot.flatMap(Slot::keeps).map(from -> position.value() - from.value()).orElse(0L);
  }
}
