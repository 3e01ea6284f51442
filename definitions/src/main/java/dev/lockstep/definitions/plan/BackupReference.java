package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;

/**
 * One backup in its store.
 *
 * @param id of the form {@code 20261126T020000Z}: when it was planned, in UTC; unique for the
 *     definition, and in the order of time
 */
public record BackupReference(Backup backup, Store store, String id) {
  @Override
  public String toString() {
    return backup.name() + "/" + id;
  }
}
