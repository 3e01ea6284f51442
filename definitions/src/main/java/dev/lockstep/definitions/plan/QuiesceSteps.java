package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What stands still around the taking of a backup. Each freezing step has its thaw as its undo,
 * which is recorded before it acts; the thaw that comes after the dump is the same act, and finds
 * nothing to do where it is repeated.
 *
 * @param phase in which the backup is taken
 * @param steps where they go
 */
record QuiesceSteps(Backup backup, Phase phase, Adds steps) {
  /** Takes a step. */
  @FunctionalInterface
  interface Adds {
    /** Adds it at the end. */
    void add(Phase phase, String what, Work work);
  }

  /** Adds everything that freezes, what {@code taking} adds, and everything that thaws. */
  void around(Runnable taking) {
    backup.quiesce().ifPresent(this::freeze);
    taking.run();
    backup.quiesce().ifPresent(this::thaw);
  }

  private void freeze(Quiesce quiesce) {
    for (WorkloadReference workload : quiesce.scale()) {
      BackupStep.StartWorkload start = start(quiesce, workload);
      add(
          "stop-" + workload.name(),
          "stops " + workload + " while the backup is taken",
          new BackupStep.StopWorkload(backup.name(), workload, quiesce.timeout()),
          Undo.by("start " + workload + " again", new Action.OfBackup(start)));
    }
    quiesce
        .exec()
        .ifPresent(
            exec ->
                add(
                    "freeze",
                    "freezes " + named(exec) + " while the backup is taken",
                    new BackupStep.Freeze(
                        backup.name(), exec.pod(), exec.freeze(), quiesce.timeout()),
                    Undo.by("thaw " + named(exec), new Action.OfBackup(thaw(quiesce, exec)))));
  }

  private void thaw(Quiesce quiesce) {
    Undo nothing = Undo.nothing("what goes on needs no undo");
    quiesce
        .exec()
        .ifPresent(exec -> add("thaw", "thaws " + named(exec), thaw(quiesce, exec), nothing));
    List<WorkloadReference> reversed = new ArrayList<>(quiesce.scale());
    Collections.reverse(reversed);
    for (WorkloadReference workload : reversed) {
      add(
          "start-" + workload.name(),
          "starts " + workload + " again",
          start(quiesce, workload),
          nothing);
    }
  }

  private BackupStep.StartWorkload start(Quiesce quiesce, WorkloadReference workload) {
    return new BackupStep.StartWorkload(backup.name(), workload, quiesce.timeout());
  }

  private BackupStep.Thaw thaw(Quiesce quiesce, Quiesce.Exec exec) {
    return new BackupStep.Thaw(backup.name(), exec.pod(), exec.thaw(), quiesce.timeout());
  }

  private static String named(Quiesce.Exec exec) {
    return "a pod of StatefulSet " + exec.pod().namespace() + "/" + exec.pod().statefulSet();
  }

  private void add(String what, String sentence, BackupStep step, Undo undo) {
    steps.add(phase, what, Work.of(sentence, new Action.OfBackup(step), undo));
  }
}
