package dev.lockstep.worker.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The arithmetic of signatures. Comparisons take the same time wherever two values differ. */
final class Signatures {
  private Signatures() {}

  /** In 64 hexadecimal digits. */
  static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Of their digests, so that not even the length of a secret can be measured. */
  static boolean same(String left, String right) {
    return MessageDigest.isEqual(bytes(sha256(bytes(left))), bytes(sha256(bytes(right))));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
