package dev.lockstep.activities.backup;

import com.google.crypto.tink.util.Bytes;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes and opens the data keys of backups, each wrapped, and bound to its backup. */
final class DataKeys implements AutoCloseable {
  private final Store definition;
  private final ObjectStore store;
  private final KeyWrapper wrapper;
  private final List<KeyWrapper> all;
  private final KeyMemory memory = new KeyMemory();

  /**
   * Closes the wrappers at its end.
   *
   * @param wrapper wraps from now on
   * @param previous opens what it wrapped before
   */
  DataKeys(Store definition, ObjectStore store, KeyWrapper wrapper, Optional<KeyWrapper> previous) {
    this.definition = definition;
    this.store = store;
    this.wrapper = wrapper;
    this.all = Stream.concat(Stream.of(wrapper), previous.stream()).toList();
  }

  /** A new key, which is in the store when this returns. */
  DataKey create(Layout layout) {
    try {
      DataKey key = DataKey.create();
      byte[] bytes = key.keyset();
      WrappedKey wrapped = wrap(layout, bytes);
      memory.keep(wrapped, layout, bytes);
      Documents.writeOnce(store, layout.key(), Documents.write(wrapped));
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  DataKey open(Layout layout) {
    WrappedKey wrapped = find(layout);
    byte[] key = memory.find(wrapped, layout).orElseGet(() -> remembered(layout, wrapped));
    try {
      return DataKey.of(key);
    } catch (GeneralSecurityException e) {
      throw Damage.of(layout.key(), "what it wraps is no data key");
    }
  }

  private byte[] remembered(Layout layout, WrappedKey wrapped) {
    byte[] key = unwrap(layout, wrapped).key().toByteArray();
    memory.keep(wrapped, layout, key);
    return key;
  }

  /**
   * Wraps the data key anew, unless that is with the same key. What the previous key opens always
   * changes: another service may have a key of the same name.
   */
  boolean rewrap(Layout layout) {
    WrappedKey old = find(layout);
    Opened opened = unwrap(layout, old);
    WrappedKey renewed = wrap(layout, opened.key().toByteArray());
    if (opened.by().equals(wrapper) && renewed.wrappedBy().equals(old.wrappedBy())) {
      return false;
    }
    store.put(layout.key(), Documents.write(renewed), Existing.REPLACED);
    return true;
  }

  /** Whether what is wrapped can be unwrapped again, and only for the same backup. */
  void tryOut(Layout layout) {
    WrappedKey wrapped = wrap(layout, layout.prefix().getBytes(StandardCharsets.UTF_8));
    try {
      wrapper.unwrap(wrapped, layout);
    } catch (GeneralSecurityException e) {
      throw refused(layout, wrapper.describe() + " does not open what it wrapped");
    }
    try {
      wrapper.unwrap(wrapped, new Layout(layout.backup(), layout.id() + "-other"));
    } catch (GeneralSecurityException e) {
      return;
    }
    throw refused(layout, wrapper.describe() + " opens for any backup what it wrapped for one");
  }

  @Override
  public void close() {
    all.forEach(KeyWrapper::close);
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

  private WrappedKey wrap(Layout layout, byte[] key) {
    try {
      return wrapper.wrap(key, layout);
    } catch (GeneralSecurityException e) {
      throw refused(layout, wrapper.describe() + " cannot wrap a key");
    }
  }

  /** A data key, and what opened it. */
  private record Opened(KeyWrapper by, Bytes key) {}

  private Opened unwrap(Layout layout, WrappedKey wrapped) {
    List<KeyWrapper> fitting =
        all.stream().filter(each -> each.mayOpen(wrapped.wrappedBy())).toList();
    boolean other = true;
    for (KeyWrapper each : fitting) {
      try {
        return new Opened(each, Bytes.copyFrom(each.unwrap(wrapped, layout)));
      } catch (KeyWrapper.OtherKeyException e) {
        // The next one may have wrapped it.
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        other = false;
      }
    }
    if (other) {
      throw refused(
          layout,
          "it needs the key %s, and the store has %s".formatted(wrapped.wrappedBy(), names(all)));
    }
    throw Damage.of(
        layout.key(),
        "the key %s does not open it, which the store has as %s"
            .formatted(wrapped.wrappedBy(), names(fitting)));
  }

  private static String names(List<KeyWrapper> wrappers) {
    return wrappers.stream().map(KeyWrapper::describe).collect(Collectors.joining(", and "));
  }

  private ApplicationFailure refused(Layout layout, String why) {
    return Damage.failure(
        FaultCode.KEY_WRONG,
        "backup %s in store %s cannot be opened: %s.".formatted(layout, definition.name(), why));
  }
}
