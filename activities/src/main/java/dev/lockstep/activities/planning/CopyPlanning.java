package dev.lockstep.activities.planning;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestorePoint;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.plan.BackupPlanner;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.DrillPlanner;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.RestorePlanner;
import dev.lockstep.workflows.contract.CopyRun;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * From the input of a backup, a restore or a drill to its plan. The backup to restore is chosen
 * here, so that a run is about one and the same to its end.
 *
 * <p>A restore and a drill keep their key from run to run: what a run that died left in a database
 * or a cluster is known by it, and goes when the next run begins.
 */
final class CopyPlanning {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final DefinitionSource source;
  private final BackupFinder backups;
  private final Clock clock;

  CopyPlanning(DefinitionSource source, BackupFinder backups) {
    this(source, backups, Clock.systemUTC());
  }

  CopyPlanning(DefinitionSource source, BackupFinder backups, Clock clock) {
    this.source = source;
    this.backups = backups;
    this.clock = clock;
  }

  /** The restore point that a migration asks for. */
  Optional<Observation.RestorePoint> restorePoint(Migration migration, PlanRequest request) {
    if (migration.restorePoint().isEmpty()) {
      return Optional.empty();
    }
    RestorePoint asked = migration.restorePoint().get();
    CopyResolution resolution = CopyResolution.of(request, source);
    Backup backup = resolution.find(Backup.class, asked.backup());
    Store store = resolution.find(Store.class, backup.store());
    Optional<BackupReference> there =
        asked
            .maxAge()
            .flatMap(age -> backups.findVerified(backup, store, clock.instant().minus(age)));
    return Optional.of(
        new Observation.RestorePoint(
            there.orElseGet(() -> fresh(backup, store)), there.isPresent(), keeping(asked)));
  }

  private Optional<Observation.Keeping> keeping(RestorePoint asked) {
    return asked.keptFor().isZero()
        ? Optional.empty()
        : Optional.of(new Observation.Keeping(ID.format(clock.instant()), asked.keptFor()));
  }

  Prepared prepare(String kind, PlanRequest request) {
    CopyResolution resolution = CopyResolution.of(request, source);
    return switch (kind) {
      case "Backup" -> backup(resolution, resolution.subject(Backup.class));
      case "Restore" -> restore(resolution, resolution.subject(Restore.class));
      case "Drill" -> drill(resolution, resolution.subject(Drill.class));
      default ->
          throw Faults.failure(
              FaultCode.DEFINITION_WRONG, "kind " + kind + " cannot be planned", "");
    };
  }

  private Prepared backup(CopyResolution resolution, Backup backup) {
    Store store = resolution.find(Store.class, backup.store());
    BackupReference copy = fresh(backup, store);
    return prepared(
        new RunKey(copy.toString()),
        resolution.find(Database.class, backup.database()),
        BackupPlanner.plan(backup, store, copy.id()),
        new CopyRun(backup, copy));
  }

  private Prepared restore(CopyResolution resolution, Restore restore) {
    Backup backup = resolution.find(Backup.class, restore.backup());
    Store store = resolution.find(Store.class, backup.store());
    Database from = resolution.find(Database.class, backup.database());
    Database target =
        RestorePlanner.target(
                restore, from, name -> Optional.of(resolution.find(Database.class, name)))
            .orElseThrow(() -> notDerived(from));
    BackupReference copy = backups.find(backup, store, restore.which());
    Optional<BackupReference> restorePoint =
        restore.inPlace() ? Optional.of(fresh(backup, store)) : Optional.empty();
    return prepared(
        key("restore", restore),
        target,
        RestorePlanner.plan(restore, copy, restorePoint),
        new CopyRun(restore, copy));
  }

  private Prepared drill(CopyResolution resolution, Drill drill) {
    Backup backup = resolution.find(Backup.class, drill.backup());
    Store store = resolution.find(Store.class, backup.store());
    Database from = resolution.find(Database.class, backup.database());
    BackupReference copy = backups.find(backup, store, drill.which());
    Database target =
        DrillPlanner.target(
                drill, copy, from, name -> Optional.of(resolution.find(Database.class, name)))
            .orElseThrow(() -> notDerived(from));
    return prepared(
        key("drill", drill), target, DrillPlanner.plan(drill, copy), new CopyRun(drill, copy));
  }

  private static ApplicationFailure notDerived(Database from) {
    return Faults.failure(
        FaultCode.DEFINITION_WRONG,
        "a new instance is reached as the database "
            + from.name()
            + " is, through a Service; but it is given by a URL: give connection.service",
        "");
  }

  private BackupReference fresh(Backup backup, Store store) {
    return new BackupReference(backup, store, ID.format(clock.instant()));
  }

  private static RunKey key(String kind, Definition definition) {
    return new RunKey(kind + "/" + definition.name());
  }

  private static Prepared prepared(RunKey run, Database database, Plan plan, CopyRun copy) {
    return new Prepared(
            Prepared.State.PLANNED,
            run,
            database,
            plan,
            Wire.hash(plan),
            Wire.hash(copy.definition()),
            "")
        .copying(copy);
  }
}
