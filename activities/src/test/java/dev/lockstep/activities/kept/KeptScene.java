package dev.lockstep.activities.kept;

import dev.lockstep.activities.backup.Keysets;
import dev.lockstep.activities.backup.StoreKeptActivities;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.dump.portable.DroppedSession;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.storage.DefinedStores;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A database, and a store in a folder with a key. */
final class KeptScene implements AutoCloseable {
  static final String RUN = "tidy-up/1";

  final Database shop = TestServer.newDatabase();
  final Databases databases = TestServer.databases();
  String keyset = Keysets.create();
  private final Path folder;

  KeptScene(Path folder) {
    this.folder = folder;
  }

  @Override
  public void close() {
    databases.close();
    TestServer.drop(shop);
  }

  /** Keeps it as the step of a migration does. */
  StepOutcome keep(int number, DroppedData data) {
    Backup backup =
        new Backup(
            "shop-nightly",
            "shop",
            "safe",
            Backup.Method.PORTABLE,
            Dump.DEFAULT,
            List.of(),
            Retention.ALL,
            Optional.empty(),
            Optional.empty());
    return new StoreKeptActivities(
            vaults(),
            (database, dropped) -> DroppedSession.begin(databases.open(database), dropped),
            RecordingReporter::new)
        .keepDropped(
            new StepScope(new RunKey(RUN), "finish/keep", shop, Limits.DEFAULT),
            new BackupStep.KeepDropped(
                new BackupReference(backup, store(), "20261126T020000Z-" + number),
                data,
                Duration.ofDays(90)));
  }

  List<BroughtBack> restore(String point, String... into) {
    return restore(new RecordingReporter(), point, Stream.of(into).findFirst());
  }

  List<BroughtBack> restore(Reporter reporter, String point, Optional<String> into) {
    return new KeptRestore(vaults(), databases)
        .bringBack(new KeptRestore.Wish(shop, store(), point, Optional.empty(), into), reporter);
  }

  void sql(String... statements) {
    TestServer.execute(shop, statements);
  }

  /** One value as text. */
  String ask(String query) {
    return databases
        .open(shop)
        .withHandle(handle -> handle.select(query).mapTo(String.class).findOne().orElse(""));
  }

  /** Changes a bit in the middle of every stored object whose key has this in it. */
  void flip(String part) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> it.toString().contains(part)).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  private Vaults vaults() {
    return new Vaults(new DefinedStores(databases.tokens()), reference -> keyset);
  }

  private Store store() {
    return new Store(
        "safe",
        new StorePlace.Filesystem(folder.toString()),
        Optional.of(new SecretReference.Variable("BACKUP_KEY")));
  }
}
