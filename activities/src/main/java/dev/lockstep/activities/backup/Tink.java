package dev.lockstep.activities.backup;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.security.GeneralSecurityException;

/** The library of encryption, set up once. */
final class Tink {
  private Tink() {}

  static Configuration configuration() {
    try {
      AeadConfig.register();
      StreamingAeadConfig.register();
      return RegistryConfiguration.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink cannot be set up", e);
    }
  }
}
