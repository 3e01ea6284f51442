package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepScope;
import java.util.List;
import java.util.Optional;

/** Definitions that tests share. */
final class Scene {
  static final BackupReference COPY = copy(List.of());

  private Scene() {}

  static BackupReference copy(List<String> tables) {
    return new BackupReference(
        new Backup(
            "shop-nightly",
            "shop",
            "safe",
            Backup.Method.DUMP,
            Dump.DEFAULT,
            tables,
            Retention.ALL,
            Optional.empty(),
            Optional.empty()),
        new Store("safe", new StorePlace.Filesystem("/nowhere"), Optional.empty()),
        "20261125T200000Z");
  }

  static StepScope scope(String run, Engine engine) {
    return new StepScope(
        new RunKey(run),
        "load",
        new Database(
            "shop-copy",
            engine,
            new Connection.Url("jdbc:postgresql://127.0.0.1:1/shop"),
            new Credentials.None(),
            List.of()),
        Limits.DEFAULT);
  }

  static StepScope scope(String run) {
    return scope(run, Engine.POSTGRESQL);
  }
}
