package dev.lockstep.activities.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Proves that a document is as it was written: {@code sha256:} and its digest where nothing is
 * encrypted, which shows damage; {@code aead:} and that digest encrypted with the data key, which
 * shows manipulation too.
 */
final class Seal {
  private static final String DIGEST = "sha256:";
  private static final String AUTHENTICATED = "aead:";

  private Seal() {}

  /**
   * The seal of a document.
   *
   * @param object what the document is stored as; no other one's seal fits it
   */
  static String of(Object document, String object, Optional<DataKey> key) {
    return key.map(by -> AUTHENTICATED + base64(by.encrypt(hash(document), object)))
        .orElseGet(() -> digest(document));
  }

  /** Whether a document is the one that was sealed. */
  static boolean fits(String seal, Object document, String object, Optional<DataKey> key) {
    return key.map(by -> isAuthentic(seal, document, object, by))
        .orElseGet(() -> seal.equals(digest(document)));
  }

  private static boolean isAuthentic(String seal, Object document, String object, DataKey key) {
    if (!seal.startsWith(AUTHENTICATED)) {
      return false;
    }
    try {
      byte[] sealed = Base64.getDecoder().decode(seal.substring(AUTHENTICATED.length()));
      return seal.equals(AUTHENTICATED + base64(sealed))
          && Arrays.equals(hash(document), key.decrypt(sealed, object));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String digest(Object document) {
    return DIGEST + Digests.hex(hash(document));
  }

  private static byte[] hash(Object document) {
    return Digests.sha256().digest(Documents.write(document));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
