package dev.lockstep.worker.report;

import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import dev.lockstep.activities.backup.Manifest;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.restore.DrillHistory;
import dev.lockstep.activities.restore.RunHistory;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.workflows.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a store says of a backup, a restore or a drill, and of those before.
 *
 * @param vault of the same store
 */
record CopiesReader(ObjectStore store, Vault vault, String storeName) {
  /**
   * What it says.
   *
   * @param backup name of the definition of the backup
   * @param id of the backup of the run; empty: the newest
   * @param since when the run began; empty: the newest drill is meant
   */
  Copies read(Definition definition, String backup, Optional<String> id, Optional<Instant> since) {
    Listing listing = vault.catalogue(backup).list();
    Optional<Listed> own =
        listing.complete().stream()
            .filter(listed -> id.isEmpty() || listed.id().equals(id.get()))
            .findFirst();
    List<DrillHistory.Past> drills =
        definition instanceof Drill drill ? DrillHistory.read(store, drill.name()) : List.of();
    return new Copies(
        own.map(this::backup),
        new DrillReader(store).find(drills, since),
        listing.complete().stream().map(CopiesReader::past).toList(),
        drills.stream().map(DrillReader::past).toList(),
        runs(definition).stream().map(CopiesReader::run).toList());
  }

  /** The records of earlier runs; a drill's are its evidence. */
  List<RunHistory.Past> runs(Definition definition) {
    if (definition instanceof Drill) {
      return List.of();
    }
    return definition instanceof Restore
        ? RunHistory.ofRestore(store, definition.name())
        : RunHistory.ofBackup(store, definition.name());
  }

  private Copies.Backup backup(Listed listed) {
    Manifest manifest = listed.manifest();
    DumpFacts facts = manifest.facts();
    String client = facts.client().isEmpty() ? "" : " by " + facts.client();
    return new Copies.Backup(
        listed.id(),
        storeName,
        facts.engine() + " " + facts.serverVersion(),
        facts.method() + client,
        facts.snapshot(),
        manifest.started(),
        manifest.ended(),
        manifest.bytes(),
        manifest.storedBytes(),
        manifest.objects().size(),
        manifest.encryption().isPresent(),
        manifest.definitionHash(),
        listed.verifications());
  }

  private static Copies.Past past(Listed listed) {
    Manifest manifest = listed.manifest();
    return new Copies.Past(
        listed.id(),
        listed.snapshot(),
        manifest.started(),
        manifest.ended(),
        manifest.bytes(),
        manifest.storedBytes(),
        listed.isVerified());
  }

  private static Copies.PastRun run(RunHistory.Past past) {
    return new Copies.PastRun(
        past.key().replaceFirst("^runs/[a-z]+/", ""),
        past.state().name(),
        Optional.of(past.started()),
        Optional.of(past.ended()),
        past.fault().map(CopiesReader::line));
  }

  private static String line(Fault fault) {
    return fault.code() + ": " + fault.message();
  }
}
