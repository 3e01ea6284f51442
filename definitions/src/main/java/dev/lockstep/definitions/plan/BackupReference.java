package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One backup in its store.
 *
 * @param id of the form {@code 20261126T020000Z}: when it was planned, in UTC; unique for the
 *     definition, and in the order of time
 * @param at the moment of it that is meant, of a physical one; absent: the newest that it has
 */
public record BackupReference(Backup backup, Store store, String id, Optional<Instant> at) {
  /** What stands in histories of before there were moments says nothing of one. */
  public BackupReference {
    at = Objects.requireNonNullElse(at, Optional.empty());
  }

  /** All of it. */
  public BackupReference(Backup backup, Store store, String id) {
    this(backup, store, id, Optional.empty());
  }

  @Override
  public String toString() {
    return backup.name() + "/" + id + at.map(time -> " at " + time).orElse("");
  }
}
