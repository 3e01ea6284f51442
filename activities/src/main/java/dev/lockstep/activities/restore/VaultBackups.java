package dev.lockstep.activities.restore;

import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Manifest;
import dev.lockstep.activities.backup.Reader;
import dev.lockstep.activities.backup.StoredPart;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.activities.backup.Verified;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.planning.BackupFinder;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.plan.BackupReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Backups in the vaults of this worker: to be found, to be loaded, and to be marked as restored.
 */
public record VaultBackups(Vaults vaults) implements BackupSource, BackupFinder {
  @Override
  public StoredBackup open(BackupReference copy) {
    Vault vault = vaults.open(copy.store());
    try {
      return new Opened(vault, vault.readWhole(copy.backup().name(), copy.id()), copy.at());
    } catch (RuntimeException e) {
      vault.close();
      throw e;
    }
  }

  @Override
  public void restored(BackupReference copy, String run, Instant when) {
    try (Vault vault = vaults.open(copy.store())) {
      vault.markVerified(
          copy.backup().name(), copy.id(), new Verified(when, Verified.How.DRILL, run));
    }
  }

  @Override
  public BackupReference find(Backup backup, Store store, Which which) {
    try (Vault vault = vaults.open(store)) {
      Listed found = vault.catalogue(backup.name()).find(which);
      Optional<Instant> at =
          which instanceof Which.At moment ? Optional.of(moment.time()) : Optional.empty();
      return new BackupReference(backup, store, found.id(), at);
    }
  }

  @Override
  public Optional<BackupReference> findVerified(Backup backup, Store store, Instant notBefore) {
    try (Vault vault = vaults.open(store)) {
      return vault
          .catalogue(backup.name())
          .findVerified()
          .filter(newest -> !newest.snapshot().isBefore(notBefore))
          .map(newest -> new BackupReference(backup, store, newest.id()));
    }
  }

  /**
   * One backup.
   *
   * @param readers of all that it needs, its own last
   */
  private record Opened(Vault vault, List<Reader> readers, Optional<Instant> at)
      implements StoredBackup {
    private Reader last() {
      return readers.get(readers.size() - 1);
    }

    @Override
    public DumpFacts facts() {
      DumpFacts facts = last().manifest().facts();
      return at.map(facts::stoppingAt).orElse(facts);
    }

    /**
     * At an earlier moment its own row may not have been written yet; that of the one before is.
     */
    @Override
    public Optional<Sentinel> sentinel() {
      Manifest of = readers.get(readers.size() - (at.isPresent() ? 2 : 1)).manifest();
      return of.sentinel().map(value -> new Sentinel(of.id(), value));
    }

    @Override
    public String manifestSha256() {
      return last().manifestSha256();
    }

    @Override
    public List<Part> parts() {
      return readers.stream()
          .flatMap(
              reader ->
                  reader.manifest().objects().stream().<Part>map(part -> new Stream(reader, part)))
          .toList();
    }

    @Override
    public void close() {
      vault.close();
    }
  }

  private record Stream(Reader reader, StoredPart part) implements Part {
    @Override
    public String name() {
      return part.part();
    }

    @Override
    public long bytes() {
      return part.bytes();
    }

    @Override
    public InputStream open() throws IOException {
      return reader.open(part);
    }
  }
}
