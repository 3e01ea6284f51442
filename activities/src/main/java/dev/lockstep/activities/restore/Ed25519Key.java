package dev.lockstep.activities.restore;

import com.google.crypto.tink.subtle.Ed25519Sign;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that signs evidence, and the one that tests what it signed.
 *
 * @param privateKey never shown
 */
record Ed25519Key(EdECPrivateKey privateKey) {
  static final String ALGORITHM = "Ed25519";

  /**
   * What stands before the 32 bytes of a public key in X.509: <a
   * href="https://www.rfc-editor.org/rfc/rfc8410#section-4">RFC 8410</a>.
   */
  private static final String X509_PREFIX = "302a300506032b6570032100";

  /**
   * Reads PKCS #8 in PEM.
   *
   * @param pem with {@code BEGIN PRIVATE KEY}
   * @throws io.temporal.failure.ApplicationFailure KEY_WRONG, without a word of it
   */
  static Ed25519Key parse(String pem) {
    try {
      byte[] bytes = body(pem, "PRIVATE KEY");
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      if (keys.generatePrivate(new PKCS8EncodedKeySpec(bytes)) instanceof EdECPrivateKey key) {
        return new Ed25519Key(key);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Its message may quote the key.
    }
    throw Faults.failure(
        FaultCode.KEY_WRONG, "the key that signs evidence is no Ed25519 key in PEM (PKCS #8)", "");
  }

  /** Reads X.509 in PEM. */
  static PublicKey parsePublic(String pem) throws GeneralSecurityException {
    return publicKey(body(pem, "PUBLIC KEY"));
  }

  /** Reads X.509. */
  static PublicKey publicKey(byte[] bytes) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
  }

  /** The public key in X.509: computed, because PKCS #8 need not hold it. */
  byte[] publicKey() {
    try {
      byte[] seed = privateKey.getBytes().orElseThrow();
      byte[] point = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
      return HexFormat.of().parseHex(X509_PREFIX + HexFormat.of().formatHex(point));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read has a public half", e);
    }
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read signs", e);
    }
  }

  static boolean fits(PublicKey key, byte[] message, byte[] value) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(value);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Ed25519 key";
  }

  private static byte[] body(String pem, String kind) {
    String begin = "-----BEGIN " + kind + "-----";
    String end = "-----END " + kind + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no PEM of a " + kind);
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
