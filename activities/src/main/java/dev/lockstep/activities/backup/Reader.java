package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One backup, opened: its manifest is as it was written, and its key fits. Good as long as the
 * {@link Vault} it comes from is open.
 */
public final class Reader {
  private final ObjectStore store;
  private final Layout layout;
  private final Manifest manifest;
  private final Optional<DataKey> key;

  Reader(ObjectStore store, Layout layout, Manifest manifest, Optional<DataKey> key) {
    this.store = store;
    this.layout = layout;
    this.manifest = manifest;
    this.key = key;
  }

  /** The manifest, whose seal fits. */
  public Manifest manifest() {
    return manifest;
  }

  /** SHA-256 of the manifest's bytes, in 64 hexadecimal digits. */
  public String manifestSha256() {
    return Digests.hex(Digests.sha256().digest(Documents.bytes(store, layout.manifest())));
  }

  /**
   * Opens a part of the manifest: the bytes that the engine gave.
   *
   * @return a stream that ends only where everything was as the manifest says. What it throws
   *     otherwise has an {@link io.temporal.failure.ApplicationFailure} as cause: {@code
   *     BACKUP_DAMAGED}, or that of the store
   * @throws IOException with the same cause
   */
  public InputStream open(StoredPart part) throws IOException {
    if (!part.key().startsWith(layout.data())) {
      throw Damage.of(layout.manifest(), "it claims " + part.key() + " of another backup");
    }
    return PartStream.open(store, part, key);
  }

  ObjectStore store() {
    return store;
  }

  Layout layout() {
    return layout;
  }
}
