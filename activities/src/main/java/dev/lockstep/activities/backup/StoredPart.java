package dev.lockstep.activities.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * One part of a dump, and the object that holds it. The object is compressed by zstd with the
 * checksum of what it was made of, which whoever decompresses it compares.
 *
 * @param part its name in the dump
 * @param key of the object in the store
 * @param bytes as the engine gave them
 * @param storedBytes after compression and encryption: the size of the object
 * @param storedSha256 of the object, in 64 hexadecimal digits
 * @param sha256 of what the engine gave; newer backups have none: it cost an eighth of their
 *     processor time and showed nothing that the checksum does not
 * @param compressed whether the engine gave it compressed
 */
public record StoredPart(
    String part,
    String key,
    long bytes,
    long storedBytes,
    String storedSha256,
    Optional<String> sha256,
    boolean compressed) {
  /** New ones have no digest. */
  public StoredPart {
    sha256 = Objects.requireNonNullElse(sha256, Optional.empty());
  }
}
