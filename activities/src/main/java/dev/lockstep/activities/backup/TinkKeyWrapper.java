package dev.lockstep.activities.backup;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.List;

/** Wraps with the keys of a Tink keyset. */
record TinkKeyWrapper(Aead aead, String primary, List<String> ids) implements KeyWrapper {
  TinkKeyWrapper {
    ids = List.copyOf(ids);
  }

  @Override
  public byte[] wrap(byte[] key, byte[] bound) throws GeneralSecurityException {
    return aead.encrypt(key, bound);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] bound) throws GeneralSecurityException {
    return aead.decrypt(wrapped, bound);
  }

  /** The name alone: nothing of a key may get into a message. */
  @Override
  public String toString() {
    return "keyset of " + ids;
  }
}
