package dev.lockstep.activities.backup;

import dev.lockstep.workflows.fault.FaultCode;
import java.util.stream.Stream;

/**
 * Wraps the data keys of backups anew with the key of the store, so that older keys, and the
 * previous one of the definition, are not needed any more. The data stays as it is. Each backup
 * changes in one stroke: what is left when it is killed is done the next time.
 */
public final class Rotation {
  private final Vault vault;

  Rotation(Vault vault) {
    this.vault = vault;
  }

  /**
   * Does it for every backup of a name, and for what migrations dropped whose restore point is of
   * it.
   *
   * @return how many changed
   * @throws io.temporal.failure.ApplicationFailure {@code KEY_WRONG} at the first one that no key
   *     of the store opens, or where it has none; {@code SERVER_UNREACHABLE} where a service of
   *     keys does not answer
   */
  public int rewrap(String backup) {
    DataKeys keys =
        vault
            .keys()
            .orElseThrow(
                () -> Damage.failure(FaultCode.KEY_WRONG, "the store has no key to wrap with."));
    Listing listing = vault.catalogue(backup).list();
    Stream<String> encrypted =
        listing.complete().stream()
            .filter(listed -> listed.manifest().encryption().isPresent())
            .map(Listed::id);
    Stream<Layout> kept =
        vault.kept().list().complete().stream()
            .filter(listed -> KeptPoints.kept(listed).backup().equals(backup))
            .map(Listed::manifest)
            .filter(manifest -> manifest.encryption().isPresent())
            .map(manifest -> new Layout(manifest.backup(), manifest.id()));
    return (int)
        Stream.concat(encrypted.map(id -> new Layout(backup, id)), kept)
            .filter(keys::rewrap)
            .count();
  }
}
