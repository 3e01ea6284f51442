package dev.lockstep.workflows.fakes;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupPlanner;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.Estimate;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.definitions.plan.Undo;
import dev.lockstep.workflows.contract.CopyRun;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plans of a backup, a restore and a drill, each with every step that it may have. */
public final class CopyPlans {
  public static final Backup BACKUP =
      new Backup(
          "shop-nightly",
          "shop",
          "safe",
          Backup.Method.DUMP,
          Dump.DEFAULT,
          List.of(),
          new Retention(3, 0, 7, 0, 0, 0, Optional.empty()),
          Optional.of(Duration.ofHours(24)),
          Optional.empty());
  public static final BackupReference COPY =
      new BackupReference(
          BACKUP,
          new Store("safe", new StorePlace.Filesystem("/var/backups"), Optional.empty()),
          "20261126T020000Z");
  private static final Restore.Check CHECK =
      new Restore.Check("has-orders", "select count(*) from orders", "> 0");
  private static final Instance INSTANCE =
      new Instance("shop", "postgres-new", "postgres", "shop", Optional.empty());

  public static final Dump.Pod POD = new Dump.Pod("shop", "postgres", Optional.empty());
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");

  private CopyPlans() {}

  /** A backup. */
  public static Prepared backup() {
    return prepared(
        BACKUP,
        List.of(
            step("prepare/preflight", Phase.PREPARE, new BackupStep.Preflight(COPY)),
            step("prepare/mark", Phase.PREPARE, new BackupStep.Mark(COPY)),
            step(
                "migrate/take",
                Phase.MIGRATE,
                new BackupStep.Take(COPY),
                new BackupStep.Discard(COPY)),
            step("verify/read-back", Phase.VERIFY, new BackupStep.ReadBack(COPY, true)),
            last("finish/prune", new BackupStep.Prune(COPY))));
  }

  /**
   * A backup for which a workload and a pod stand still.
   *
   * @param atMost how long it may be taken meanwhile
   */
  public static Prepared quiesced(Duration atMost) {
    Quiesce.Exec exec = new Quiesce.Exec(POD, List.of("freeze"), List.of("thaw"));
    Quiesce quiesce = new Quiesce(List.of(WEB), Optional.of(exec), Duration.ofMinutes(2), atMost);
    Backup backup = BACKUP.with(BACKUP.name(), Optional.of(quiesce));
    return prepared(backup, BackupPlanner.plan(backup, COPY.store(), COPY.id()).steps());
  }

  /** A restore into a new instance, which a Service is switched to. */
  public static Prepared restore() {
    Restore restore =
        new Restore(
            "shop-copy",
            BACKUP.name(),
            Which.LATEST,
            new RestoreTarget.StatefulSet("shop", "postgres-new", "postgres"),
            List.of(),
            List.of(CHECK),
            Optional.of(new Restore.Switch("shop", "postgres", Duration.ofHours(24))),
            false);
    return prepared(
        restore,
        List.of(
            step("prepare/read-back", Phase.PREPARE, new BackupStep.ReadBack(COPY, false)),
            step(
                "expand/instance",
                Phase.EXPAND,
                new BackupStep.MakeInstance(INSTANCE),
                new BackupStep.RemoveInstance(INSTANCE)),
            step(
                "migrate/load",
                Phase.MIGRATE,
                new BackupStep.Load(COPY, List.of(), BackupStep.Target.EMPTY),
                new BackupStep.Clear(COPY)),
            step("verify/compare", Phase.VERIFY, new BackupStep.Compare(COPY, List.of())),
            step("verify/check-has-orders", Phase.VERIFY, new BackupStep.Ask(CHECK)),
            step(
                "contract/switch",
                Phase.CONTRACT,
                new BackupStep.SwitchService("shop", "postgres", INSTANCE),
                new BackupStep.SwitchBack("shop", "postgres")),
            Plans.window(),
            last("finish/keep-instance", new BackupStep.KeepInstance(INSTANCE)),
            step("finish/release", Phase.FINISH, new BackupStep.Release(COPY)),
            step("finish/stop-old", Phase.FINISH, new BackupStep.StopOld("shop", "postgres"))));
  }

  /** A drill. */
  public static Prepared drill() {
    Drill drill =
        new Drill(
            "shop-drill",
            BACKUP.name(),
            Which.LATEST,
            new DrillPlace.Existing("scratch"),
            List.of(CHECK),
            Optional.of(Duration.ofMinutes(15)),
            Optional.of(Duration.ofHours(24)),
            Optional.empty());
    return prepared(
        drill,
        List.of(
            step("prepare/read-back", Phase.PREPARE, new BackupStep.ReadBack(COPY, false)),
            step(
                "migrate/load",
                Phase.MIGRATE,
                new BackupStep.Load(COPY, List.of(), BackupStep.Target.EMPTY),
                new BackupStep.Clear(COPY)),
            step("verify/check-has-orders", Phase.VERIFY, new BackupStep.Ask(CHECK)),
            last("finish/remove", new BackupStep.Clear(COPY))));
  }

  /** A migration's step that keeps a column before it is dropped. */
  public static PlannedStep keep() {
    DroppedData.Column column =
        new DroppedData.Column(
            "first_name",
            "lockstep_old_first_name",
            "text",
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            Optional.of("given name"));
    TableName table = new TableName("public", "customers");
    return step(
        "finish/customers-keep",
        Phase.FINISH,
        new BackupStep.KeepDropped(
            COPY,
            new DroppedData("customer-full-name", table, table, List.of(column)),
            Duration.ofDays(90)),
        new BackupStep.DiscardKept(COPY, "customer-full-name"));
  }

  private static Prepared prepared(Definition definition, List<PlannedStep> steps) {
    return new Prepared(
            Prepared.State.PLANNED,
            new RunKey(definition.name() + "/" + COPY.id()),
            new Database(
                "shop",
                Engine.POSTGRESQL,
                new Connection.Url("jdbc:postgresql://127.0.0.1:5432/shop"),
                new Credentials.None(),
                List.of()),
            new Plan(
                definition.name(),
                "shop",
                List.of(),
                steps,
                List.of(),
                Limits.DEFAULT,
                OnFailure.ROLLBACK),
            "plan-hash",
            "definition-hash",
            "")
        .copying(new CopyRun(definition, COPY));
  }

  private static PlannedStep step(String id, Phase phase, BackupStep step) {
    return step(id, phase, step, Undo.nothing("nothing stays"), false);
  }

  private static PlannedStep step(String id, Phase phase, BackupStep step, BackupStep undo) {
    return step(id, phase, step, Undo.by("Undo " + id, new Action.OfBackup(undo)), false);
  }

  private static PlannedStep last(String id, BackupStep step) {
    return step(id, Phase.FINISH, step, Undo.nothing("gone"), true);
  }

  private static PlannedStep step(
      String id, Phase phase, BackupStep step, Undo undo, boolean last) {
    return new PlannedStep(
        id, phase, "Does " + id, new Action.OfBackup(step), undo, Estimate.MOMENT, last, false);
  }
}
