package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import java.util.Optional;

/** The object that holds the manifest of a backup. */
record ManifestFile(ObjectStore store, Layout layout) {
  /**
   * Writes it, once.
   *
   * @return as it was written
   * @throws io.temporal.failure.ApplicationFailure {@code OBJECT_EXISTS} where another one is there
   */
  Manifest write(Manifest manifest, Optional<DataKey> key) {
    Manifest sealed =
        manifest.sealed(
            Optional.of(Seal.of(manifest.sealed(Optional.empty()), layout.manifest(), key)));
    Documents.writeOnce(store, layout.manifest(), Documents.write(sealed));
    return sealed;
  }

  /** Reads it without a key: whether its seal is right is not known. */
  Manifest read() {
    Manifest manifest = Documents.read(store, layout.manifest(), Manifest.class);
    if (!layout.equals(new Layout(manifest.backup(), manifest.id()))) {
      throw Damage.of(
          layout.manifest(),
          "it is the manifest of %s/%s".formatted(manifest.backup(), manifest.id()));
    }
    return manifest;
  }

  /** Whether it is as it was written. */
  void check(Manifest manifest, Optional<DataKey> key) {
    String seal = manifest.seal().orElse("");
    if (!Seal.fits(seal, manifest.sealed(Optional.empty()), layout.manifest(), key)) {
      throw Damage.of(layout.manifest(), "its seal does not fit, somebody changed it");
    }
  }
}
