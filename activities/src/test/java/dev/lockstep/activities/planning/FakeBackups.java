package dev.lockstep.activities.planning;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.time.Instant;
import java.util.Optional;

/** At most one backup, which is verified, and of any age. */
final class FakeBackups implements BackupFinder {
  static final String STORE =
      """
      {"apiVersion": "lockstep.dev/v1", "kind": "Store", "metadata": {"name": "safe"},
       "spec": {"filesystem": {"path": "/var/backups"}}}
      """;
  static final String BACKUP =
      """
      {"apiVersion": "lockstep.dev/v1", "kind": "Backup", "metadata": {"name": "nightly"},
       "spec": {"database": "shop", "store": "safe", "method": "dump"}}
      """;

  private Optional<String> id = Optional.empty();

  void verified(String there) {
    id = Optional.of(there);
  }

  @Override
  public BackupReference find(Backup backup, Store store, Which which) {
    return findVerified(backup, store, Instant.EPOCH)
        .orElseThrow(
            () -> Faults.failure(FaultCode.BACKUP_UNKNOWN, "there is no backup nightly", ""));
  }

  @Override
  public Optional<BackupReference> findVerified(Backup backup, Store store, Instant notBefore) {
    return id.map(found -> new BackupReference(backup, store, found));
  }
}
