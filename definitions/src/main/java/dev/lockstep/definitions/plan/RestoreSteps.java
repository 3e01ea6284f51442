package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.plan.BackupStep.Target;

/** The steps from the load on, for each target. Answers the name of the database. */
record RestoreSteps(CopySteps steps, Restore restore, RestorePlanner.Copies copies)
    implements RestoreTarget.Visitor<String> {
  @Override
  public String existing(RestoreTarget.Existing target) {
    String database = target.database();
    steps.load(
        load(copies.restored(), copies.before().isPresent() ? Target.REPLACED : Target.EMPTY),
        database,
        copies
            .before()
            .map(
                point ->
                    Undo.by(
                        "load %s, the backup of before, into %s".formatted(point, database),
                        new Action.OfBackup(load(point, Target.REPLACED))))
            .orElseGet(
                () ->
                    Undo.by(
                        "empty %s again".formatted(database),
                        new Action.OfBackup(new BackupStep.Clear(copies.restored())))));
    proofs();
    steps.add(Phase.FINISH, "release", release(database).destroying());
    return database;
  }

  @Override
  public String statefulSet(RestoreTarget.StatefulSet target) {
    Instance instance = RestorePlanner.instance(target);
    steps.instance("instance", instance);
    steps.load(
        load(copies.restored(), Target.EMPTY),
        instance.toString(),
        Undo.nothing("what was loaded goes with the instance"));
    proofs();
    restore.change().ifPresent(change -> change(change, instance));
    steps.add(
        Phase.FINISH,
        "keep-instance",
        Work.of(
                "gives up the right to remove " + CopySteps.named(instance),
                new Action.OfBackup(new BackupStep.KeepInstance(instance)),
                Undo.nothing("from here on it is in use"))
            .destroying());
    steps.add(Phase.FINISH, "release", release(instance.toString()));
    restore.change().ifPresent(change -> stopOld(instance));
    return target.name();
  }

  @Override
  public String directory(RestoreTarget.Directory target) {
    steps.load(
        load(copies.restored(), Target.EMPTY),
        target.path(),
        Undo.by(
            "empty %s again".formatted(target.path()),
            new Action.OfBackup(new BackupStep.Clear(copies.restored()))));
    proofs();
    steps.add(Phase.FINISH, "release", release(target.path()).destroying());
    return restore.name();
  }

  private BackupStep.Load load(BackupReference copy, Target target) {
    return new BackupStep.Load(copy, restore.tables(), target);
  }

  private void proofs() {
    steps.proofs(copies.restored(), restore.tables(), restore.checks());
  }

  private void change(Restore.Switch change, Instance instance) {
    String service = "Service %s/%s".formatted(change.namespace(), change.service());
    steps.add(
        Phase.CONTRACT,
        "switch",
        Work.of(
            "lets %s lead to %s".formatted(service, instance),
            new Action.OfBackup(
                new BackupStep.SwitchService(change.namespace(), change.service(), instance)),
            Undo.by(
                "let %s lead to where it led before".formatted(service),
                new Action.OfBackup(
                    new BackupStep.SwitchBack(change.namespace(), change.service())))));
    if (!change.keepOld().isZero()) {
      steps.add(
          Phase.CONTRACT,
          "keep",
          Work.of(
              "keeps StatefulSet %s/%s running for %d s"
                  .formatted(
                      instance.likeNamespace(), instance.like(), change.keepOld().toSeconds()),
              new Action.Pause(change.keepOld()),
              Undo.nothing("waiting changes nothing")));
    }
  }

  private void stopOld(Instance instance) {
    steps.add(
        Phase.FINISH,
        "stop-old",
        Work.of(
            "stops StatefulSet %s/%s; its volumes stay"
                .formatted(instance.likeNamespace(), instance.like()),
            new Action.OfBackup(new BackupStep.StopOld(instance.likeNamespace(), instance.like())),
            Undo.nothing("clients use the new instance, and a person may start the old one")));
  }

  private Work release(String what) {
    return Work.of(
        "gives up the right to empty " + what,
        new Action.OfBackup(new BackupStep.Release(copies.restored())),
        Undo.nothing("from here on its rows are its own"));
  }
}
