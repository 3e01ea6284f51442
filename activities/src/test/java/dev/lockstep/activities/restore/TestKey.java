package dev.lockstep.activities.restore;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A key pair as OpenSSL writes it. */
record TestKey(KeyPair pair) {
  static TestKey make(String algorithm) {
    try {
      return new TestKey(KeyPairGenerator.getInstance(algorithm).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String privatePem() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  String publicPem() {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
  }
}
