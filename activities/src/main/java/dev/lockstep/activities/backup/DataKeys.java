package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Makes and opens the data keys of backups, each wrapped, and bound to its backup.
 *
 * @param secret where the keys that wrap were found, for people
 */
record DataKeys(Store definition, ObjectStore store, KeyWrapper wrapper, String secret) {

  /** A new key, which is in the store when this returns. */
  DataKey create(Layout layout) {
    try {
      DataKey key = DataKey.create();
      Documents.writeOnce(store, layout.key(), Documents.write(wrap(layout, key.keyset())));
      return key;
    } catch (GeneralSecurityException e) {
      throw refused(layout, "the keyset in " + secret + " cannot wrap a key");
    }
  }

  DataKey open(Layout layout) {
    try {
      return DataKey.of(unwrap(layout, find(layout)));
    } catch (GeneralSecurityException e) {
      throw Damage.of(layout.key(), "what it wraps is no data key");
    }
  }

  /** Wraps the data key with the primary key, where another one did. */
  boolean rewrap(Layout layout) {
    WrappedKey old = find(layout);
    byte[] key = unwrap(layout, old);
    if (old.wrappedBy().equals(wrapper.primary())) {
      return false;
    }
    try {
      WrappedKey renewed = wrap(layout, key);
      store.put(layout.key(), Documents.write(renewed), Existing.REPLACED);
      return true;
    } catch (GeneralSecurityException e) {
      throw refused(layout, "the keyset in " + secret + " cannot wrap a key");
    }
  }

  /** Whether what is wrapped can be unwrapped again. */
  void tryOut(Layout layout) {
    try {
      byte[] word = layout.prefix().getBytes(StandardCharsets.UTF_8);
      wrapper.unwrap(wrapper.wrap(word, bound(layout)), bound(layout));
    } catch (GeneralSecurityException e) {
      throw refused(layout, "the keyset in " + secret + " does not open what it wrapped");
    }
  }

  private WrappedKey find(Layout layout) {
    try {
      return Documents.read(store, layout.key(), WrappedKey.class);
    } catch (ApplicationFailure e) {
      if (Damage.is(e, FaultCode.OBJECT_MISSING)) {
        throw Damage.of(layout.key(), "it is missing, and the backup is encrypted");
      }
      throw e;
    }
  }

  private WrappedKey wrap(Layout layout, byte[] key) throws GeneralSecurityException {
    return WrappedKey.of(wrapper.primary(), wrapper.wrap(key, bound(layout)));
  }

  private byte[] unwrap(Layout layout, WrappedKey key) {
    if (!wrapper.ids().contains(key.wrappedBy())) {
      throw refused(
          layout,
          "it needs the key %s, and the keyset in %s has %s"
              .formatted(key.wrappedBy(), secret, String.join(", ", wrapper.ids())));
    }
    try {
      return wrapper.unwrap(key.wrapped(), bound(layout));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Damage.of(
          layout.key(),
          "the key %s, which the keyset in %s has, does not open it"
              .formatted(key.wrappedBy(), secret));
    }
  }

  private ApplicationFailure refused(Layout layout, String why) {
    return Damage.failure(
        FaultCode.KEY_WRONG,
        "backup %s in store %s cannot be opened: %s.".formatted(layout, definition.name(), why));
  }

  private static byte[] bound(Layout layout) {
    return layout.toString().getBytes(StandardCharsets.UTF_8);
  }
}
