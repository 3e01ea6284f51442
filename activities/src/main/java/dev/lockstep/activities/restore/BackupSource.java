package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.definitions.plan.BackupReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Backups as they lie in their stores. */
public interface BackupSource {
  /**
   * Opens one, to be closed by the caller. Its manifest and its key have been proved; no data has
   * been read.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_UNKNOWN} where there is no
   *     manifest, {@code BACKUP_DAMAGED} where it is not as it was written, {@code KEY_WRONG} where
   *     the key does not open it
   */
  StoredBackup open(BackupReference copy);

  /**
   * Lets one count as verified from then on; the same may be said again.
   *
   * @param run which one restored it
   */
  void restored(BackupReference copy, String run, Instant when);

  /** One backup. */
  interface StoredBackup extends AutoCloseable {
    /** Of what is restored: of the moment that was asked for. */
    DumpFacts facts();

    /** The sentinel row that has to be in it; empty: none was written. */
    Optional<Sentinel> sentinel();

    /** SHA-256 of the manifest's bytes, in 64 hexadecimal digits. */
    String manifestSha256();

    /** In the order in which they are loaded. */
    List<Part> parts();

    @Override
    void close();
  }

  /**
   * A sentinel row.
   *
   * @param id of the backup for which it was written
   */
  record Sentinel(String id, String value) {}

  /** One stream of a backup. */
  interface Part {
    /** Its name in the dump. */
    String name();

    /** Its length as the engine gave it. */
    long bytes();

    /**
     * Opens it, as the engine gave it. The stream ends only where everything was as the manifest
     * says; otherwise {@code read} throws {@link IOException} whose cause is the failure {@code
     * BACKUP_DAMAGED}, or that of the store.
     */
    InputStream open() throws IOException;
  }
}
