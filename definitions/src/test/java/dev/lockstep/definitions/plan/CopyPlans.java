package dev.lockstep.definitions.plan;

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
import dev.lockstep.definitions.yaml.Definitions;
import java.util.Optional;

/** Plans of backups, restores and drills of a text, as a run makes them. */
record CopyPlans(Definitions definitions) implements Definition.Visitor<Plan> {
  static final String ID = "20261126T020000Z";

  /** When a restore point is planned. */
  static final String LATER = "20261127T093015Z";

  @Override
  public Plan backup(Backup backup) {
    return BackupPlanner.plan(backup, store(backup), ID);
  }

  @Override
  public Plan restore(Restore restore) {
    Optional<BackupReference> point =
        Optional.of(reference(restore.backup(), LATER)).filter(unused -> restore.inPlace());
    return RestorePlanner.plan(restore, reference(restore.backup(), ID), point);
  }

  @Override
  public Plan drill(Drill drill) {
    return DrillPlanner.plan(drill, reference(drill.backup(), ID));
  }

  BackupReference reference(String name, String id) {
    Backup backup = definitions.findBackup(name).orElseThrow();
    return new BackupReference(backup, store(backup), id);
  }

  private Store store(Backup backup) {
    return definitions.findStore(backup.store()).orElseThrow();
  }

  @Override
  public Plan database(Database database) {
    throw new IllegalArgumentException("a database is not run");
  }

  @Override
  public Plan migration(Migration migration) {
    throw new IllegalArgumentException("a migration is planned from an observation");
  }

  @Override
  public Plan store(Store store) {
    throw new IllegalArgumentException("a store is not run");
  }

  @Override
  public Plan schedule(Schedule schedule) {
    throw new IllegalArgumentException("a schedule is not run");
  }

  @Override
  public Plan trigger(Trigger trigger) {
    throw new IllegalArgumentException("a trigger is not run");
  }

  @Override
  public Plan notification(Notification notification) {
    throw new IllegalArgumentException("a notification is not run");
  }
}
