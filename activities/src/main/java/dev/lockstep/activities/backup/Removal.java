package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes backups: the manifest first, so that one that is half removed is no backup any more, then
 * the rest. What is left when it is killed in between has no manifest and is swept.
 */
record Removal(ObjectStore store) {

  /**
   * Removes what a manifest owns, and the objects beside it.
   *
   * @param locked gets a sentence for each object that the store does not give up
   * @return whether it is gone from the catalogue
   */
  boolean remove(Manifest manifest, List<String> locked) {
    Layout layout = new Layout(manifest.backup(), manifest.id());
    Optional<String> refused = refused(layout.manifest());
    if (refused.isPresent()) {
      locked.add(refused.get());
      return false;
    }
    Stream.concat(
            manifest.objects().stream()
                .map(StoredPart::key)
                .filter(key -> key.startsWith(layout.data())),
            Stream.of(layout.verified(), layout.key()))
        .flatMap(key -> refused(key).stream())
        .forEach(locked::add);
    return true;
  }

  /** Removes everything under the name of a backup, complete or not. */
  void removeAll(Layout layout) {
    store.delete(layout.manifest());
    store.list(layout.prefix()).stream().map(StoredObject::key).forEach(store::delete);
    store.sweep(layout.prefix(), Duration.ZERO);
  }

  private Optional<String> refused(String key) {
    try {
      store.delete(key);
      return Optional.empty();
    } catch (ApplicationFailure e) {
      if (Damage.is(e, FaultCode.STORE_REFUSED)) {
        return Optional.of(Damage.sentence(e));
      }
      throw e;
    }
  }
}
