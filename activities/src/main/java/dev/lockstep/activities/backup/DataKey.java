package dev.lockstep.activities.backup;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters.HashType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * The key of one backup. Everything that it encrypts is bound to the key of an object in the store,
 * so that objects cannot be exchanged.
 */
final class DataKey {
  /** As Tink would name it. */
  static final String ALGORITHM = "AES256_GCM_HKDF_16KB";

  /**
   * Each segment is authenticated with its place in the stream and whether it is the last. JDK 17
   * runs AES-GCM at 55 MB/s until some thousand calls are compiled, one for each segment, and at
   * 1500 MB/s then: with segments of 1 MiB that took over 500 MiB, with these 64 MiB. They cost 0.1
   * % of the size, and an object may have 64 TiB.
   */
  private static final int SEGMENT_BYTES = 16 << 10;

  private static final int KEY_BYTES = 32;

  private static final Configuration TINK = Tink.configuration();

  private final KeysetHandle keys;
  private final StreamingAead aead;

  private DataKey(KeysetHandle keys) throws GeneralSecurityException {
    this.keys = keys;
    this.aead = keys.getPrimitive(TINK, StreamingAead.class);
  }

  static DataKey create() throws GeneralSecurityException {
    return new DataKey(
        KeysetHandle.generateNew(
            AesGcmHkdfStreamingParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setDerivedAesGcmKeySizeBytes(KEY_BYTES)
                .setHkdfHashType(HashType.SHA256)
                .setCiphertextSegmentSizeBytes(SEGMENT_BYTES)
                .build()));
  }

  static DataKey of(byte[] keyset) throws GeneralSecurityException {
    return new DataKey(TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get()));
  }

  byte[] keyset() throws GeneralSecurityException {
    return TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
  }

  String id() {
    return Keysets.id(keys.getPrimary());
  }

  OutputStream encrypt(OutputStream target, String key) throws IOException {
    try {
      return aead.newEncryptingStream(target, bound(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the data key cannot encrypt", e);
    }
  }

  InputStream decrypt(InputStream source, String key) throws IOException {
    try {
      return aead.newDecryptingStream(source, bound(key));
    } catch (GeneralSecurityException e) {
      throw new IOException("it does not decrypt", e);
    }
  }

  byte[] encrypt(byte[] bytes, String key) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream encrypted = encrypt(target, key)) {
      encrypted.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written to", e);
    }
    return target.toByteArray();
  }

  /**
   * Decrypts what {@link #encrypt(byte[], String)} made.
   *
   * @throws IOException where it was changed
   */
  byte[] decrypt(byte[] bytes, String key) throws IOException {
    try (InputStream decrypted = decrypt(new ByteArrayInputStream(bytes), key)) {
      return decrypted.readAllBytes();
    }
  }

  private static byte[] bound(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
