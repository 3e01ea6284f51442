package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.MemoryDatabase;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Activities over a store and a database in memory. */
final class BackupFixture {
  static final String NAME = "shop-nightly";
  static final String ID = "20261126T020000Z";
  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  /** What the store takes for now. */
  Instant storeTime = NOW;

  final MemoryStore memory = new MemoryStore(() -> storeTime);
  final FaultyStore store = new FaultyStore(memory);
  final MemoryDatabase engine = new MemoryDatabase();
  final StepScope scope =
      new StepScope(
          new RunKey("shop-nightly/1"),
          "take",
          new Database(
              "shop",
              Engine.POSTGRESQL,
              new Connection.Url("jdbc:postgresql://localhost/shop"),
              new Credentials.None(),
              List.of()),
          Limits.DEFAULT);
  RecordingReporter reporter = new RecordingReporter();
  Retention retention = Retention.ALL;
  Optional<ByteRate> maxRate = Optional.empty();
  String keyset = Keysets.create();
  Optional<WrappingKey> key;
  Optional<WrappingKey> previousKey = Optional.empty();

  private BackupFixture(boolean encrypted) {
    this.key =
        encrypted ? Optional.of(new SecretReference.Variable("BACKUP_KEY")) : Optional.empty();
  }

  static BackupFixture encrypted() {
    return new BackupFixture(true);
  }

  static BackupFixture plain() {
    return new BackupFixture(false);
  }

  StoreBackupActivities activities() {
    return new StoreBackupActivities(
        vaults(), (database, backup) -> engine, conclusion -> {}, () -> reporter);
  }

  Vaults vaults() {
    return new Vaults(definition -> store, this::secret, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** Other secrets than the keyset are their own names. */
  private String secret(SecretReference reference) {
    String name = ((SecretReference.Variable) reference).name();
    return name.equals("BACKUP_KEY") ? keyset : name;
  }

  Vault vault() {
    return vaults().open(definition());
  }

  Store definition() {
    return new Store("safe", new StorePlace.Filesystem("/nowhere"), key, previousKey);
  }

  BackupReference copy(String id) {
    Backup backup =
        new Backup(
            NAME,
            "shop",
            "safe",
            Backup.Method.DUMP,
            Dump.DEFAULT,
            List.of(),
            retention,
            Optional.empty(),
            maxRate);
    return new BackupReference(backup, definition(), id);
  }

  StepOutcome take(String id) {
    return activities().take(scope, new BackupStep.Take(copy(id)));
  }

  StepOutcome readBack(String id) {
    return activities().readBack(scope, new BackupStep.ReadBack(copy(id), true));
  }

  /** Reads it back, and does not mark it. */
  void check(String id) {
    activities().readBack(scope, new BackupStep.ReadBack(copy(id), false));
  }

  /** Takes one of data of that time. */
  void take(String id, Instant snapshot) {
    engine.snapshot(snapshot);
    take(id);
  }

  Layout layout() {
    return new Layout(NAME, ID);
  }

  /** Whether the catalogue or the store says that there is a backup. */
  boolean isListed(String id) {
    return store.keys().contains(new Layout(NAME, id).manifest())
        || vault().catalogue(NAME).list().complete().stream()
            .anyMatch(listed -> listed.id().equals(id));
  }
}
