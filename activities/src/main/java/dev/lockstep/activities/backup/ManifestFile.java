package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The object that holds the manifest of a backup. */
record ManifestFile(ObjectStore store, Layout layout) {
  private static final String DIGEST = "sha256:";
  private static final String AUTHENTICATED = "aead:";

  /**
   * Writes it, once.
   *
   * @return as it was written
   * @throws io.temporal.failure.ApplicationFailure {@code OBJECT_EXISTS} where another one is there
   */
  Manifest write(Manifest manifest, Optional<DataKey> key) {
    Manifest sealed = manifest.sealed(Optional.of(seal(manifest, key)));
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
    if (key.isPresent()
        ? !isAuthentic(manifest, seal, key.get())
        : !seal.equals(digest(manifest))) {
      throw Damage.of(layout.manifest(), "its seal does not fit, somebody changed it");
    }
  }

  private String seal(Manifest manifest, Optional<DataKey> key) {
    return key.map(
            by ->
                AUTHENTICATED
                    + Base64.getEncoder()
                        .encodeToString(by.encrypt(hash(manifest), layout.manifest())))
        .orElseGet(() -> digest(manifest));
  }

  private boolean isAuthentic(Manifest manifest, String seal, DataKey key) {
    try {
      byte[] wanted = hash(manifest);
      byte[] sealed = Base64.getDecoder().decode(seal.substring(AUTHENTICATED.length()));
      return seal.equals(AUTHENTICATED + Base64.getEncoder().encodeToString(sealed))
          && Arrays.equals(wanted, key.decrypt(sealed, layout.manifest()));
    } catch (IOException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static String digest(Manifest manifest) {
    return DIGEST + Digests.hex(hash(manifest));
  }

  private static byte[] hash(Manifest manifest) {
    return Digests.sha256().digest(Documents.write(manifest.sealed(Optional.empty())));
  }
}
