package dev.lockstep.activities.dump.place;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Marks that no content can hold by accident or by intent. */
final class Nonce {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Nonce() {}

  /** 32 hexadecimal digits. */
  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
