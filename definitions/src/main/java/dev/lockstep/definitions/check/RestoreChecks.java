package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump.Format;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import java.time.Duration;
import java.util.List;

/** What a restore's spec must keep. */
final class RestoreChecks {
  private static final String SWITCH = "spec.switch";
  private static final Duration LONGEST_KEPT = Duration.ofDays(365);

  private final Restore restore;
  private final TargetChecks targets;
  private final List<Problem> problems;

  RestoreChecks(Restore restore, Known known, List<Problem> problems) {
    this.restore = restore;
    this.targets =
        TargetChecks.of(new Reference("spec.from.backup", restore.backup(), problems), known);
    this.problems = problems;
  }

  void check() {
    targets.which("spec.from.which", restore.which());
    restore.into().accept(new IntoChecks());
    restore
        .change()
        .ifPresent(
            change -> {
              Labels.check(SWITCH + ".service.namespace", change.namespace(), problems);
              Labels.check(SWITCH + ".service.name", change.service(), problems);
              new Ranges(problems)
                  .check(SWITCH + ".keepOld", change.keepOld(), Duration.ZERO, LONGEST_KEPT);
            });
    tables();
    new AnswerChecks(problems).check(restore.checks());
  }

  private void tables() {
    TableChecks tables = new TableChecks(problems);
    tables.check(restore.tables());
    targets.backup().ifPresent(backup -> tables.within(restore.tables(), backup.tables()));
    if (targets.physical() && !restore.tables().isEmpty()) {
      targets.wrong(
          "spec.only",
          Code.CHOICE_WRONG,
          "chooses tables, and the backup is physical, the files of a whole server; wanted it left"
              + " out");
    }
    boolean wholeOnly =
        targets
            .backup()
            .filter(backup -> backup.method() == Backup.Method.DUMP)
            .filter(backup -> isPostgresql())
            .filter(backup -> backup.dump().formatFor(Engine.POSTGRESQL) == Format.PLAIN)
            .isPresent();
    if (wholeOnly && !restore.tables().isEmpty()) {
      targets.wrong(
          "spec.only",
          Code.CHOICE_WRONG,
          "chooses tables, which the plain format of the backup does not allow; wanted a backup of"
              + " format custom or directory");
    }
  }

  private boolean isPostgresql() {
    return targets.source().map(Database::engine).filter(Engine.POSTGRESQL::equals).isPresent();
  }

  /** Checks the target and what depends on it. Answers true, which nobody needs. */
  private final class IntoChecks implements RestoreTarget.Visitor<Boolean> {
    @Override
    public Boolean existing(RestoreTarget.Existing target) {
      targets.existing("spec.into.database", target.database());
      boolean same = targets.isSource(target.database());
      if (same && !restore.inPlace()) {
        targets.wrong(
            "spec.into.database",
            Code.CHOICE_WRONG,
            "is `%s`, the database that was backed up; wanted another, or inPlace: true to replace"
                    .formatted(target.database())
                + " what it holds");
      }
      if (!same && restore.inPlace() && targets.source().isPresent()) {
        targets.wrong(
            "spec.inPlace",
            Code.CHOICE_WRONG,
            "is true, but the target is not the database that was backed up; wanted it left out");
      }
      if (restore.change().isPresent()) {
        targets.wrong(
            SWITCH,
            Code.CHOICE_WRONG,
            "stands beside a database that is there; only a new statefulSet is switched to");
      }
      return true;
    }

    @Override
    public Boolean statefulSet(RestoreTarget.StatefulSet target) {
      String path = "spec.into.statefulSet";
      targets.notPhysical(path);
      Labels.check(path + ".namespace", target.namespace(), problems);
      Labels.check(path + ".like", target.like(), problems);
      targets.freshStatefulSet(path + ".name", target.name());
      targets.derived(path);
      if (target.name().equals(target.like())) {
        targets.wrong(
            path + ".name",
            Code.NAME_TAKEN,
            "is `" + target.name() + "`, as like is; wanted the name of a new StatefulSet");
      }
      if (restore.inPlace()) {
        targets.wrong(
            "spec.inPlace",
            Code.CHOICE_WRONG,
            "is true, but a new statefulSet replaces nothing; wanted it left out");
      }
      restore.change().ifPresent(change -> service(target, change));
      return true;
    }

    @Override
    public Boolean directory(RestoreTarget.Directory target) {
      targets.directory("spec.into.directory", target.path());
      if (restore.inPlace()) {
        targets.wrong(
            "spec.inPlace",
            Code.CHOICE_WRONG,
            "is true, but a directory is empty and replaces nothing; wanted it left out");
      }
      if (restore.change().isPresent()) {
        targets.wrong(
            SWITCH,
            Code.CHOICE_WRONG,
            "stands beside a directory; only a new statefulSet is switched to");
      }
      return true;
    }

    private void service(RestoreTarget.StatefulSet target, Restore.Switch change) {
      if (!change.namespace().equals(target.namespace())) {
        targets.wrong(
            SWITCH + ".service.namespace",
            Code.VALUE_WRONG,
            "is `%s`; a Service leads to pods of its own namespace alone, wanted %s"
                .formatted(change.namespace(), target.namespace()));
      }
      if (change.service().equals(target.name())) {
        targets.wrong(
            SWITCH + ".service.name",
            Code.NAME_TAKEN,
            "is `%s`, the Service that the new instance gets; wanted that of the clients"
                .formatted(change.service()));
      }
    }
  }
}
