package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.DumpFacts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a backup is. A backup is there when its manifest is: it is written last, once, and never
 * changed.
 *
 * @param version of this form
 * @param backup name of the definition
 * @param definitionHash SHA-256 of the definition's JSON, hexadecimal
 * @param facts of the dump
 * @param sentinel value of the sentinel row; absent: none was written
 * @param tables the only ones; empty: everything
 * @param encryption absent: the objects are not encrypted
 * @param objects in the order in which they are loaded
 * @param seal proves that the rest is as it was written: {@code sha256:} and the digest of the rest
 *     where nothing is encrypted, which shows damage; {@code aead:} and that digest encrypted with
 *     the data key, which shows manipulation too
 * @param kept present where it is no backup but what a migration dropped
 */
public record Manifest(
    int version,
    String backup,
    String id,
    String definitionHash,
    DumpFacts facts,
    Optional<String> sentinel,
    List<String> tables,
    Optional<Encryption> encryption,
    List<StoredPart> objects,
    Instant started,
    Instant ended,
    Optional<String> seal,
    Optional<Kept> kept) {
  /** The only version there is. */
  static final int VERSION = 1;

  /** Those of backups say nothing of what is kept. */
  public Manifest {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
    kept = Objects.requireNonNullElse(kept, Optional.empty());
  }

  /**
   * How the objects are encrypted.
   *
   * @param algorithm the name that Tink gives it
   * @param dataKey id of the data key in {@code key.json}; the key that wraps it may change
   */
  public record Encryption(String algorithm, String dataKey) {}

  /** Bytes that the engine gave, all parts together. */
  public long bytes() {
    return objects.stream().mapToLong(StoredPart::bytes).sum();
  }

  /** Bytes of the objects in the store. */
  public long storedBytes() {
    return objects.stream().mapToLong(StoredPart::storedBytes).sum();
  }

  Manifest sealed(Optional<String> newSeal) {
    return new Manifest(
        version,
        backup,
        id,
        definitionHash,
        facts,
        sentinel,
        tables,
        encryption,
        objects,
        started,
        ended,
        newSeal,
        kept);
  }
}
