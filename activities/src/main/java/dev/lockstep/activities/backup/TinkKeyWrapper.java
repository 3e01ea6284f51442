package dev.lockstep.activities.backup;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Wraps with the keys of a Tink keyset.
 *
 * @param place where the keyset was found, for people
 * @param primary id of the key that wraps
 * @param ids of every key that can unwrap
 */
record TinkKeyWrapper(Aead aead, String place, String primary, List<String> ids)
    implements KeyWrapper {
  TinkKeyWrapper {
    ids = List.copyOf(ids);
  }

  @Override
  public String describe() {
    return "the keyset in %s with %s".formatted(place, String.join(", ", ids));
  }

  @Override
  public boolean mayOpen(String wrappedBy) {
    return ids.contains(wrappedBy);
  }

  @Override
  public WrappedKey wrap(byte[] key, Layout backup) throws GeneralSecurityException {
    return WrappedKey.of(primary, aead.encrypt(key, bound(backup)));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, Layout backup) throws GeneralSecurityException {
    return aead.decrypt(wrapped.wrapped(), bound(backup));
  }

  private static byte[] bound(Layout backup) {
    return backup.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The name alone: nothing of a key may get into a message. */
  @Override
  public String toString() {
    return "keyset of " + ids;
  }
}
