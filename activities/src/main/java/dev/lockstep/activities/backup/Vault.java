package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A store of backups, opened, with the key that it needs. */
public final class Vault implements AutoCloseable {
  private final Store definition;
  private final ObjectStore store;
  private final Vaults origin;
  private Optional<DataKeys> keys = Optional.empty();

  Vault(Store definition, ObjectStore store, Vaults origin) {
    this.definition = definition;
    this.store = store;
    this.origin = origin;
  }

  /** The backups of a name. */
  public Catalogue catalogue(String backup) {
    return new Catalogue(store, backup, this::marks);
  }

  /** What retention does to the backups of a name. */
  public Pruning pruning(String backup) {
    return new Pruning(store, catalogue(backup), origin.clock());
  }

  /** What migrations dropped. */
  public KeptPoints kept() {
    return new KeptPoints(this);
  }

  /** The change of the key that wraps the keys of backups. */
  public Rotation rotation() {
    return new Rotation(this);
  }

  /**
   * Opens a backup.
   *
   * @throws ApplicationFailure {@code BACKUP_UNKNOWN} where there is none, or a newer Lockstep
   *     wrote it; {@code KEY_WRONG} where the key does not open it; {@code BACKUP_DAMAGED} where
   *     manifest or key are not what was written, or where nothing is encrypted though the store
   *     has a key: who can write to it could have exchanged the whole backup
   */
  public Reader read(String backup, String id) {
    Layout layout = new Layout(backup, id);
    ManifestFile file = new ManifestFile(store, layout);
    Manifest manifest = manifest(file);
    Optional<DataKey> key = keyOf(layout, manifest);
    file.check(manifest, key);
    return new Reader(store, layout, manifest, key);
  }

  /**
   * Opens a backup with all that a restore of it needs, in the order of the restore.
   *
   * @throws ApplicationFailure as {@link #read}; {@code BACKUP_DAMAGED} where one is missing that
   *     it needs
   */
  public List<Reader> readWhole(String backup, String id) {
    Reader last = read(backup, id);
    if (last.manifest().facts().link().isEmpty()) {
      return List.of(last);
    }
    List<Listed> complete = catalogue(backup).list().complete();
    Listed listed = complete.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    return Chains.of(complete)
        .to(listed)
        .orElseThrow(() -> Damage.of(last.layout().manifest(), missing(listed)))
        .stream()
        .map(link -> read(backup, link.id()))
        .toList();
  }

  private static String missing(Listed listed) {
    return "it cannot be restored, for what its log follows is not there or cannot be read; it"
        + " begins at "
        + listed.manifest().facts().position().orElse("");
  }

  /**
   * Adds to what is known of a backup: it counts as verified from then on.
   *
   * @throws ApplicationFailure as {@link #read}
   */
  public void markVerified(String backup, String id, Verified verified) {
    marks(new Layout(backup, id), read(backup, id).manifest()).add(verified);
  }

  VerifiedFile marks(Layout layout, Manifest manifest) {
    return new VerifiedFile(store, layout, manifest, () -> keyOf(layout, manifest));
  }

  private Optional<DataKey> keyOf(Layout layout, Manifest manifest) {
    Optional<DataKey> key = manifest.encryption().map(by -> key(layout, by));
    if (key.isEmpty() && definition.encryptionKey().isPresent()) {
      throw Damage.of(
          layout.manifest(),
          "it says that nothing is encrypted, and everything in store %s is"
              .formatted(definition.name()));
    }
    return key;
  }

  ObjectStore store() {
    return store;
  }

  Clock clock() {
    return origin.clock();
  }

  /** Opened once, when it is needed; empty where the store has no key. */
  synchronized Optional<DataKeys> keys() {
    if (keys.isEmpty() && definition.encryptionKey().isPresent()) {
      WrappingKeys opening = new WrappingKeys(origin.keys(), definition.name());
      keys =
          Optional.of(
              new DataKeys(
                  definition,
                  store,
                  definition.encryptionKey().get().accept(opening),
                  definition.previousKey().map(key -> key.accept(opening))));
    }
    return keys;
  }

  @Override
  public synchronized void close() {
    keys.ifPresent(DataKeys::close);
    store.close();
  }

  private Manifest manifest(ManifestFile file) {
    try {
      return file.read();
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.OBJECT_MISSING)) {
        throw e;
      }
      Catalogue catalogue = catalogue(file.layout().backup());
      throw catalogue.unknown("with the id " + file.layout().id(), catalogue.list());
    }
  }

  private DataKey key(Layout layout, Manifest.Encryption encryption) {
    DataKeys keys =
        keys()
            .orElseThrow(
                () ->
                    Damage.failure(
                        FaultCode.KEY_WRONG,
                        "backup %s is encrypted, and store %s has no key."
                            .formatted(layout, definition.name())));
    DataKey key = keys.open(layout);
    if (!key.id().equals(encryption.dataKey())) {
      throw Damage.of(
          layout.key(),
          "it holds the data key %s, and the manifest names %s"
              .formatted(key.id(), encryption.dataKey()));
    }
    return key;
  }
}
