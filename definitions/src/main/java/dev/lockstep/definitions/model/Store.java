package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * Where backups live.
 *
 * @param name what backups call it
 * @param encryptionKey where the keyset is found that wraps the data key of each backup: a Tink
 *     keyset in JSON for authenticated encryption; absent: backups are not encrypted
 */
public record Store(String name, StorePlace place, Optional<SecretReference> encryptionKey)
    implements Definition {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.store(this);
  }
}
