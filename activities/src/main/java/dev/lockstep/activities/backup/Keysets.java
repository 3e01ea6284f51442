package dev.lockstep.activities.backup;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** Keysets in clear text, as they lie in a Secret: the keys that wrap the keys of backups. */
public final class Keysets {
  private static final Configuration TINK = Tink.configuration();

  private Keysets() {}

  /** A new keyset of one AES-256-GCM key, in Tink's JSON. The text is the secret. */
  public static String create() {
    try {
      return json(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  /**
   * The same keyset with a new primary key; what the others wrapped can still be opened.
   *
   * @throws IllegalArgumentException where {@code keyset} is none
   */
  public static String rotate(String keyset) {
    try {
      KeysetHandle.Builder more = KeysetHandle.newBuilder(parse(keyset));
      more.addEntry(
          KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
              .withRandomId()
              .makePrimary());
      return json(more.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a keyset for authenticated encryption");
    }
  }

  /**
   * Reads one.
   *
   * @param text Tink's JSON, or its binary form in Base64
   * @param place where it was found, for people
   * @throws GeneralSecurityException whose message may hold what it must not: never to be shown
   */
  static TinkKeyWrapper read(String text, String place) throws GeneralSecurityException {
    KeysetHandle keys = parse(text);
    Aead aead = keys.getPrimitive(TINK, Aead.class);
    List<String> ids =
        IntStream.range(0, keys.size()).mapToObj(at -> id(keys.getAt(at))).distinct().toList();
    return new TinkKeyWrapper(aead, place, id(keys.getPrimary()), ids);
  }

  static String id(KeysetHandle.Entry entry) {
    return Integer.toUnsignedString(entry.getId());
  }

  private static KeysetHandle parse(String text) throws GeneralSecurityException {
    String trimmed = text.strip();
    try {
      return trimmed.startsWith("{")
          ? TinkJsonProtoKeysetFormat.parseKeyset(trimmed, InsecureSecretKeyAccess.get())
          : TinkProtoKeysetFormat.parseKeyset(
              Base64.getDecoder().decode(trimmed), InsecureSecretKeyAccess.get());
    } catch (RuntimeException e) {
      throw new GeneralSecurityException("not a keyset");
    }
  }

  private static String json(KeysetHandle keys) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
  }
}
