package dev.lockstep.activities.backup;

import java.util.Base64;

/**
 * What {@code key.json} holds.
 *
 * @param wrappedBy id of the key that opens it
 * @param keyset the wrapped data key in Base64
 */
record WrappedKey(int version, String wrappedBy, String keyset) {
  static WrappedKey of(String wrappedBy, byte[] wrapped) {
    return new WrappedKey(Manifest.VERSION, wrappedBy, Base64.getEncoder().encodeToString(wrapped));
  }

  /**
   * The bytes.
   *
   * @throws IllegalArgumentException where the text is not the one way to write them
   */
  byte[] wrapped() {
    byte[] bytes = Base64.getDecoder().decode(keyset);
    if (!Base64.getEncoder().encodeToString(bytes).equals(keyset)) {
      throw new IllegalArgumentException("not as it was written");
    }
    return bytes;
  }
}
