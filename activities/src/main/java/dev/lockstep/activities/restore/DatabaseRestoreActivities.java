package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.DumpEngines;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.RestoreActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Restores through the dump engine of the database. The mark of the run that loaded a database
 * stays in it: it tells where the rows came from, and that {@code clear} may take them away.
 */
public final class DatabaseRestoreActivities implements RestoreActivities {
  private final DumpEngines engines;
  private final BackupSource backups;
  private final Supplier<Reporter> reporters;

  /** For a worker. */
  public DatabaseRestoreActivities(DumpEngines engines, BackupSource backups) {
    this(engines, backups, TemporalReporter::current);
  }

  /**
   * For callers outside of a Temporal worker.
   *
   * @param reporters asked once a call
   */
  public DatabaseRestoreActivities(
      DumpEngines engines, BackupSource backups, Supplier<Reporter> reporters) {
    this.engines = engines;
    this.backups = backups;
    this.reporters = reporters;
  }

  @Override
  public StepOutcome load(StepScope scope, BackupStep.Load step) {
    return new LoadBackup(
            engines.of(scope.database(), step.copy().backup()), scope, step, reporters.get())
        .run(backups);
  }

  @Override
  public StepOutcome clear(StepScope scope, BackupStep.Clear step) {
    return new ClearLoad(marks(scope, step.copy().backup()), scope, reporters.get()).run();
  }

  @Override
  public StepOutcome release(StepScope scope, BackupStep.Release step) {
    return new ClearLoad(marks(scope, step.copy().backup()), scope, reporters.get()).release();
  }

  /** {@inheritDoc} Figures {@code rowsCompared}, {@code durationMillis}. */
  @Override
  public StepOutcome compare(StepScope scope, BackupStep.Compare step) {
    return new CompareManifest(marks(scope, step.copy().backup()), scope, step, reporters.get())
        .run(backups);
  }

  @Override
  public StepOutcome askRestored(StepScope scope, BackupStep.Ask step) {
    Expectation expectation = Expectation.parse(step.check().expect(), scope.step());
    Marks marks = marks(scope, anyBackup(scope.database().name()));
    Optional<String> answer = Alive.asking(reporters.get(), () -> marks.ask(step.check().query()));
    expectation
        .unmet(answer)
        .ifPresent(
            why -> {
              throw Faults.failure(
                  FaultCode.ANSWER_UNEXPECTED,
                  "check " + step.check().name() + ": " + why,
                  scope.step());
            });
    return StepOutcome.done();
  }

  private Marks marks(StepScope scope, Backup backup) {
    return engines.of(scope.database(), backup).marks(scope.database());
  }

  /** A question concerns the product alone, whatever backup it asks about. */
  private static Backup anyBackup(String database) {
    return new Backup(
        database,
        database,
        "",
        Backup.Method.DUMP,
        Dump.DEFAULT,
        List.of(),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }
}
