package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * Where backups live.
 *
 * @param name what backups call it
 * @param encryptionKey wraps the data key of each backup; absent: backups are not encrypted
 * @param previousKey opens what was wrapped before {@code encryptionKey} took its place
 */
public record Store(
    String name,
    StorePlace place,
    Optional<WrappingKey> encryptionKey,
    Optional<WrappingKey> previousKey)
    implements Definition {
  /** Without a previous key. */
  public Store(String name, StorePlace place, Optional<WrappingKey> encryptionKey) {
    this(name, place, encryptionKey, Optional.empty());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.store(this);
  }
}
