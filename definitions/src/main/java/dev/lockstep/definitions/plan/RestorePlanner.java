package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import java.util.Optional;
import java.util.function.Function;

/**
 * From a restore's definition to a plan.
 *
 * <ol>
 *   <li>The backup is read back before anything is changed; in place, a backup of what is replaced
 *       is taken first, and is kept.
 *   <li>It is loaded, compared with its manifest, and asked.
 *   <li>Only then a Service is switched, and the old instance runs on for a while, in which the
 *       switch can be undone. When it is stopped, nothing comes back.
 * </ol>
 */
public final class RestorePlanner {
  private RestorePlanner() {}

  /**
   * The plan.
   *
   * @param copy what is restored
   * @param restorePoint a new backup of the target, which a restore in place needs and no other has
   * @throws IllegalArgumentException where that is not so
   */
  public static Plan plan(
      Restore restore, BackupReference copy, Optional<BackupReference> restorePoint) {
    if (restore.inPlace() != restorePoint.isPresent()) {
      throw new IllegalArgumentException(
          restore.name() + ": a restore point belongs to a restore in place, and to no other");
    }
    CopySteps steps = new CopySteps();
    steps.readBack(Phase.PREPARE, copy, false);
    restorePoint.ifPresent(point -> restorePoint(steps, point));
    String database =
        restore.into().accept(new RestoreSteps(steps, restore, new Copies(copy, restorePoint)));
    return steps.plan(restore.name(), database);
  }

  /**
   * The backups that a restore knows.
   *
   * @param restored the one that is loaded
   * @param before the one of what is replaced
   */
  record Copies(BackupReference restored, Optional<BackupReference> before) {}

  private static void restorePoint(CopySteps steps, BackupReference point) {
    steps.add(
        Phase.PREPARE,
        "restore-point-preflight",
        Work.of(
            "looks whether %s can be backed up before it is replaced"
                .formatted(point.backup().database()),
            new Action.OfBackup(new BackupStep.Preflight(point)),
            Undo.nothing("looking changes nothing")));
    steps.add(
        Phase.PREPARE,
        "restore-point-mark",
        Work.of(
            "writes the sentinel row of " + point,
            new Action.OfBackup(new BackupStep.Mark(point)),
            Undo.nothing("the row goes with what is replaced")));
    new QuiesceSteps(point.backup(), Phase.PREPARE, steps::add)
        .around(
            () ->
                steps.add(
                    Phase.PREPARE,
                    "restore-point",
                    Work.of(
                        "takes %s, a backup of what is replaced".formatted(point),
                        new Action.OfBackup(new BackupStep.Take(point)),
                        Undo.nothing("the restore point is kept: it is a backup like others"))));
  }

  /**
   * The database that is restored into: the one that is there; or one like the source, behind the
   * Service of the new StatefulSet, of the StatefulSet's name; or in a folder, of the restore's.
   *
   * @param source the database that was backed up
   * @param known finds databases by their names
   * @return empty where it is not known, or where the source is given by a URL
   */
  public static Optional<Database> target(
      Restore restore, Database source, Function<String, Optional<Database>> known) {
    return restore
        .into()
        .accept(
            new RestoreTarget.Visitor<>() {
              @Override
              public Optional<Database> existing(RestoreTarget.Existing target) {
                return known.apply(target.database());
              }

              @Override
              public Optional<Database> statefulSet(RestoreTarget.StatefulSet target) {
                return Derived.of(source, instance(target)).named(target.name());
              }

              @Override
              public Optional<Database> directory(RestoreTarget.Directory target) {
                return Optional.of(InFolder.of(source, target.path(), restore.name()));
              }
            });
  }

  static Instance instance(RestoreTarget.StatefulSet target) {
    return new Instance(
        target.namespace(), target.name(), target.like(), target.namespace(), Optional.empty());
  }
}
