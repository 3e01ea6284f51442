package dev.lockstep.activities.restore;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.mysql.MysqlFaults;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.RestoreActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Restores under a lock on the target, from the load until what was loaded is kept or cleared. A
 * restore of the same name has the same mark wherever it runs, so without the lock a second one
 * would clear what the first one is loading; so would its undo, once it was refused.
 */
record ExclusiveRestores(
    RestoreActivities restores,
    SessionLocks locks,
    Databases databases,
    Supplier<Reporter> reporters)
    implements RestoreActivities {
  /** {@inheritDoc} Where another process has the lock it is {@code TARGET_CLAIMED}. */
  @Override
  public StepOutcome load(StepScope scope, BackupStep.Load step) {
    take(scope)
        .ifPresent(
            holder -> {
              throw Faults.failure(
                  FaultCode.TARGET_CLAIMED,
                  "database %s is being restored into by another process of Lockstep (%s)"
                      .formatted(scope.database().name(), holder),
                  scope.step());
            });
    return restores.load(scope, step);
  }

  /** {@inheritDoc} What another process loads is not this one's. */
  @Override
  public StepOutcome clear(StepScope scope, BackupStep.Clear step) {
    if (take(scope).isPresent()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    StepOutcome outcome = restores.clear(scope, step);
    locks.giveBack(databases, scope.database());
    return outcome;
  }

  @Override
  public StepOutcome release(StepScope scope, BackupStep.Release step) {
    StepOutcome outcome = restores.release(scope, step);
    locks.giveBack(databases, scope.database());
    return outcome;
  }

  @Override
  public StepOutcome compare(StepScope scope, BackupStep.Compare step) {
    return restores.compare(scope, step);
  }

  @Override
  public StepOutcome askRestored(StepScope scope, BackupStep.Ask step) {
    return restores.askRestored(scope, step);
  }

  private Optional<String> take(StepScope scope) {
    return Alive.asking(reporters.get(), () -> translated(scope));
  }

  private Optional<String> translated(StepScope scope) {
    Database database = scope.database();
    return switch (database.engine()) {
      case POSTGRESQL ->
          PostgresFaults.translated(scope.step(), () -> locks.take(databases, database));
      case MYSQL, MARIADB -> MysqlFaults.translated(() -> locks.take(databases, database));
    };
  }
}
