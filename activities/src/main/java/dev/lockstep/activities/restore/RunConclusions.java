package dev.lockstep.activities.restore;

import dev.lockstep.activities.backup.Conclusions;
import dev.lockstep.activities.storage.Stores;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;

/**
 * Keeps how runs ended in the store of the backup: of a drill the evidence, which is what it is
 * for; of a backup and of a restore a short record, which nothing depends on.
 */
public final class RunConclusions implements Conclusions {
  private final DrillEvidence evidence;
  private final RunRecords records;

  /**
   * For a worker.
   *
   * @param keys that sign evidence
   */
  public RunConclusions(Stores stores, BackupSource backups, SigningKeys keys) {
    this.evidence = new DrillEvidence(stores, backups, keys);
    this.records = new RunRecords(stores);
  }

  @Override
  public void conclude(Conclusion conclusion) {
    conclusion.definition().accept(new ByKind(conclusion)).run();
  }

  private final class ByKind implements Definition.Visitor<Runnable> {
    private final Conclusion conclusion;

    ByKind(Conclusion conclusion) {
      this.conclusion = conclusion;
    }

    @Override
    public Runnable database(Database database) {
      throw endless(database);
    }

    @Override
    public Runnable migration(Migration migration) {
      throw endless(migration);
    }

    @Override
    public Runnable store(Store store) {
      throw endless(store);
    }

    @Override
    public Runnable backup(Backup backup) {
      return () -> records.write(conclusion, RunKeys.backup(conclusion));
    }

    @Override
    public Runnable restore(Restore restore) {
      return () -> records.write(conclusion, RunKeys.restore(conclusion));
    }

    @Override
    public Runnable drill(Drill drill) {
      return () -> evidence.conclude(conclusion, drill);
    }

    @Override
    public Runnable schedule(Schedule schedule) {
      throw endless(schedule);
    }

    @Override
    public Runnable trigger(Trigger trigger) {
      throw endless(trigger);
    }

    @Override
    public Runnable notification(Notification notification) {
      throw endless(notification);
    }

    private ApplicationFailure endless(Definition definition) {
      return Faults.failure(
          FaultCode.INTERNAL_ERROR,
          definition.name() + " is no backup, restore or drill: its end is not kept in a store",
          conclusion.scope().step());
    }
  }
}
