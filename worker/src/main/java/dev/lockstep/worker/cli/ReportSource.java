package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.worker.engine.RunHistories;
import dev.lockstep.worker.report.HistoryReport;
import dev.lockstep.worker.report.LedgerReport;
import dev.lockstep.worker.report.RunReport;
import dev.lockstep.worker.report.StoreReport;
import dev.lockstep.workflows.contract.CopyRun;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Function;

/** Where reports come from: histories, ledgers, stores. */
record ReportSource(Wiring wiring) {
  /**
   * What a service has recorded, with what the store of a backup says.
   *
   * @throws io.temporal.client.WorkflowNotFoundException where there is no such run
   */
  RunReport ofHistory(EngineConnection connection, String workflowId) {
    RunHistories run = RunHistories.of(connection.client(), workflowId);
    RunReport report = HistoryReport.of(workflowId, run.histories());
    if (!run.complete()) {
      report = report.without("the beginning of the run: the service no longer has that history");
    }
    RunReport told = report;
    return HistoryReport.copy(run.histories()).map(copy -> stored(told, copy)).orElse(told);
  }

  /** A store that cannot be read from here leaves the rest of the report as it is. */
  private RunReport stored(RunReport report, CopyRun copy) {
    Store definition = copy.copy().store();
    String backup = copy.copy().backup().name();
    try {
      return inStore(
          definition, store -> store.with(report, copy.definition(), backup, copy.copy().id()));
    } catch (ApplicationFailure e) {
      return report.without(
          "what store %s holds: %s".formatted(definition.name(), e.getOriginalMessage()));
    }
  }

  /** What the ledger or the store of a definition says; empty: it knows no run of it. */
  Optional<RunReport> ofRecords(Definitions definitions, Definition chosen) {
    try {
      return chosen instanceof Migration migration
          ? ofLedger(database(definitions, migration), migration.name())
          : ofStore(definitions, chosen);
    } catch (ApplicationFailure e) {
      Fault fault = RunFailures.read(e);
      throw new CommandFailure(ExitCode.of(fault.code()), fault.message());
    }
  }

  private Optional<RunReport> ofLedger(Database database, String name) {
    return PostgresFaults.translated(
        "",
        () ->
            wiring
                .databases()
                .open(database)
                .withHandle(handle -> LedgerReport.find(handle, name)));
  }

  private static Database database(Definitions definitions, Migration migration) {
    return definitions
        .findDatabase(migration.database())
        .orElseThrow(() -> missing("Database", migration.database()));
  }

  private Optional<RunReport> ofStore(Definitions definitions, Definition chosen) {
    String name = backup(chosen);
    Backup backup = definitions.findBackup(name).orElseThrow(() -> missing("Backup", name));
    Store store =
        definitions.findStore(backup.store()).orElseThrow(() -> missing("Store", backup.store()));
    return inStore(store, it -> it.find(chosen, name));
  }

  private static String backup(Definition chosen) {
    if (chosen instanceof Restore restore) {
      return restore.backup();
    }
    return chosen instanceof Drill drill ? drill.backup() : chosen.name();
  }

  private <T> T inStore(Store definition, Function<StoreReport, T> read) {
    try (ObjectStore store = wiring.stores().open(definition);
        Vault vault = wiring.vaults().open(definition)) {
      return read.apply(new StoreReport(store, vault, definition.name()));
    }
  }

  private static CommandFailure missing(String kind, String name) {
    return new CommandFailure(
        ExitCode.INVALID, "there is no " + kind + " " + name + " beside the definition");
  }
}
