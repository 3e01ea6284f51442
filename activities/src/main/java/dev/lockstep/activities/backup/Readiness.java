package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a store can take a backup; and what dead runs left in it. */
record Readiness(Vault vault, Layout layout) {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  /** Another run of the same backup would have written, or been ended, by then. */
  private static final Duration DEAD_AFTER = Duration.ofHours(1);

  void check() {
    vault.keys().ifPresent(keys -> keys.tryOut(layout));
    probe(vault.store());
  }

  /**
   * Removes what has no manifest, is not of this run, and did not change for an hour.
   *
   * @return how many backups' leftovers there were
   */
  int sweep() {
    ObjectStore store = vault.store();
    Instant dead = vault.clock().instant().minus(DEAD_AFTER);
    int swept = 0;
    for (Leftover left : vault.catalogue(layout.backup()).leftovers()) {
      Layout other = new Layout(layout.backup(), left.id());
      if (!other.equals(layout)
          && left.newest().isBefore(dead)
          && store.find(other.manifest()).isEmpty()) {
        swept += remove(other) ? 1 : 0;
      }
    }
    int uploads = store.sweep(Layout.all(layout.backup()), DEAD_AFTER);
    LOG.debug("swept {} backups and {} uploads", swept, uploads);
    return swept;
  }

  private boolean remove(Layout other) {
    try {
      new Removal(vault.store()).removeAll(other);
      return true;
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.STORE_REFUSED)) {
        throw e;
      }
      LOG.warn("what is left of {} stays: {}", other, Damage.sentence(e));
      return false;
    }
  }

  /** Writes, reads and removes an object, and sees whether the store refuses a second one. */
  private void probe(ObjectStore store) {
    String key = layout.probe(UUID.randomUUID().toString());
    byte[] word = key.getBytes(StandardCharsets.UTF_8);
    Documents.writeOnce(store, key, word);
    try {
      if (!Arrays.equals(word, Documents.bytes(store, key))) {
        throw refused(store, "does not give back what was written to " + key);
      }
      if (!isRefused(store, key, word)) {
        throw refused(store, "replaces an object that it was told to keep, " + key);
      }
    } finally {
      delete(store, key);
    }
  }

  private static boolean isRefused(ObjectStore store, String key, byte[] word) {
    try {
      store.put(key, word, Existing.REFUSED);
      return false;
    } catch (ApplicationFailure e) {
      if (Damage.is(e, FaultCode.OBJECT_EXISTS)) {
        return true;
      }
      throw e;
    }
  }

  /** Where everything is locked for a while, backups can be written nevertheless. */
  private static void delete(ObjectStore store, String key) {
    try {
      store.delete(key);
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.STORE_REFUSED)) {
        throw e;
      }
      LOG.warn("the probe stays: {}", Damage.sentence(e));
    }
  }

  private static ApplicationFailure refused(ObjectStore store, String what) {
    return Damage.failure(FaultCode.STORE_REFUSED, store.describe() + " " + what + ".");
  }
}
