package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Store;

/**
 * From a backup's definition to a plan. Until older backups are pruned, nothing is destroyed, and
 * what was taken can be discarded.
 */
public final class BackupPlanner {
  private BackupPlanner() {}

  /**
   * The plan. Nothing is observed for it: what does not suffice is found by its first step.
   *
   * @param id of the backup, as {@link BackupReference#id} says
   */
  public static Plan plan(Backup backup, Store store, String id) {
    BackupReference copy = new BackupReference(backup, store, id);
    CopySteps steps = new CopySteps();
    steps.add(
        Phase.PREPARE,
        "preflight",
        Work.of(
            "looks whether %s can be backed up to %s".formatted(backup.database(), store.name()),
            new Action.OfBackup(new BackupStep.Preflight(copy)),
            Undo.nothing("looking changes nothing")));
    steps.add(
        Phase.PREPARE,
        "mark",
        Work.of(
            "writes the sentinel row of " + copy + " into " + backup.database(),
            new Action.OfBackup(new BackupStep.Mark(copy)),
            Undo.nothing("the row stays until later backups remove it")));
    new QuiesceSteps(backup, Phase.MIGRATE, steps::add).around(() -> take(steps, copy));
    steps.readBack(Phase.VERIFY, copy, true);
    if (!backup.retention().keepsAll()) {
      steps.add(
          Phase.FINISH,
          "prune",
          Work.of(
                  "removes the backups of " + backup.name() + " that no rule keeps",
                  new Action.OfBackup(new BackupStep.Prune(copy)),
                  Undo.nothing("what is removed does not come back"))
              .destroying());
    }
    return steps.plan(backup.name(), backup.database());
  }

  private static void take(CopySteps steps, BackupReference copy) {
    steps.add(
        Phase.MIGRATE,
        "take",
        Work.of(
            "takes %s of %s into %s".formatted(copy, copy.backup().database(), copy.store().name()),
            new Action.OfBackup(new BackupStep.Take(copy)),
            Undo.by(
                "discard " + copy + ", complete or not",
                new Action.OfBackup(new BackupStep.Discard(copy)))));
  }
}
