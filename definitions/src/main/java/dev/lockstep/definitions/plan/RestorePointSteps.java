package dev.lockstep.definitions.plan;

/**
 * The backup that has to be there before a migration changes anything. It stays when the migration
 * is undone: it was not made to be thrown away.
 */
record RestorePointSteps(StepList steps) {
  private static final String KEPT = "the restore point is kept";

  void add(Observation.RestorePoint point) {
    BackupReference copy = point.copy();
    if (point.taken()) {
      add(
          "restore-point",
          "reads the restore point " + copy + " back",
          new BackupStep.ReadBack(copy, true));
      return;
    }
    add(
        "restore-point-preflight",
        "looks whether the restore point " + copy + " can be taken",
        new BackupStep.Preflight(copy));
    add(
        "restore-point-mark",
        "writes the sentinel row of the restore point",
        new BackupStep.Mark(copy));
    new QuiesceSteps(copy.backup(), Phase.PREPARE, steps::add)
        .around(
            () ->
                add("restore-point", "takes the restore point " + copy, new BackupStep.Take(copy)));
    add(
        "restore-point-read-back",
        "reads the restore point back",
        new BackupStep.ReadBack(copy, true));
  }

  private void add(String what, String sentence, BackupStep step) {
    steps.add(
        Phase.PREPARE, what, Work.of(sentence, new Action.OfBackup(step), Undo.nothing(KEPT)));
  }
}
