package dev.lockstep.workflows.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupStep;
import java.util.List;

/**
 * Every sealed interface that travels, and the name of each of its records. The name is the field
 * {@code kind} of the JSON. Names are stable: they stand in histories and ledgers.
 */
final class Kinds {
  /** The interfaces whose records carry a kind. */
  static final List<Class<?>> INTERFACES =
      List.of(
          Definition.class,
          Change.class,
          Constraint.class,
          Step.class,
          Connection.class,
          Credentials.class,
          Signal.Source.class,
          WrappingKey.class,
          SecretReference.class,
          Action.class,
          BackupStep.class,
          StorePlace.class,
          Which.class,
          RestoreTarget.class,
          DrillPlace.class,
          Schedule.Timing.class,
          TriggerAuth.class,
          Receiver.class);

  /** A record and its name. Two interfaces may use the same name. */
  static final List<NamedType> NAMES =
      List.of(
          new NamedType(Database.class, "Database"),
          new NamedType(Migration.class, "Migration"),
          new NamedType(Store.class, "Store"),
          new NamedType(Backup.class, "Backup"),
          new NamedType(Restore.class, "Restore"),
          new NamedType(Drill.class, "Drill"),
          new NamedType(Schedule.class, "Schedule"),
          new NamedType(Trigger.class, "Trigger"),
          new NamedType(Notification.class, "Notification"),
          new NamedType(Change.AddColumn.class, "addColumn"),
          new NamedType(Change.DropColumn.class, "dropColumn"),
          new NamedType(Change.RenameColumn.class, "renameColumn"),
          new NamedType(Change.AlterColumn.class, "alterColumn"),
          new NamedType(Change.CreateIndex.class, "createIndex"),
          new NamedType(Change.DropIndex.class, "dropIndex"),
          new NamedType(Change.CreateTable.class, "createTable"),
          new NamedType(Change.DropTable.class, "dropTable"),
          new NamedType(Change.AddConstraint.class, "addConstraint"),
          new NamedType(Change.Sql.class, "sql"),
          new NamedType(Constraint.Check.class, "check"),
          new NamedType(Constraint.ForeignKey.class, "foreignKey"),
          new NamedType(Step.Apply.class, "apply"),
          new NamedType(Step.RollOut.class, "rollOut"),
          new NamedType(Step.Backfill.class, "backfill"),
          new NamedType(Step.Verify.class, "verify"),
          new NamedType(Step.Approve.class, "approve"),
          new NamedType(Step.Wait.class, "wait"),
          new NamedType(Connection.Url.class, "url"),
          new NamedType(Connection.Service.class, "service"),
          new NamedType(Connection.Folder.class, "folder"),
          new NamedType(Credentials.None.class, "none"),
          new NamedType(Credentials.Environment.class, "environment"),
          new NamedType(Credentials.Files.class, "files"),
          new NamedType(Credentials.Secret.class, "secret"),
          new NamedType(Signal.Query.class, "query"),
          new NamedType(Signal.Prometheus.class, "prometheus"),
          new NamedType(SecretReference.Variable.class, "variable"),
          new NamedType(SecretReference.File.class, "file"),
          new NamedType(SecretReference.Key.class, "key"),
          new NamedType(WrappingKey.AwsKms.class, "awsKms"),
          new NamedType(WrappingKey.Transit.class, "transit"),
          new NamedType(Action.Claim.class, "claim"),
          new NamedType(Action.Statements.class, "statements"),
          new NamedType(Action.Validate.class, "validate"),
          new NamedType(Action.BuildIndex.class, "buildIndex"),
          new NamedType(Action.RemoveIndex.class, "removeIndex"),
          new NamedType(Action.Backfill.class, "backfill"),
          new NamedType(Action.Verify.class, "verify"),
          new NamedType(Action.Ask.class, "ask"),
          new NamedType(Action.AwaitOldClients.class, "awaitOldClients"),
          new NamedType(Action.Approve.class, "approve"),
          new NamedType(Action.BeforeTrial.class, "beforeTrial"),
          new NamedType(Action.Trial.class, "trial"),
          new NamedType(Action.Pause.class, "pause"),
          new NamedType(Action.RollOut.class, "rollOut"),
          new NamedType(Action.RollBack.class, "rollBack"),
          new NamedType(Action.OfBackup.class, "ofBackup"),
          new NamedType(BackupStep.Preflight.class, "preflight"),
          new NamedType(BackupStep.Mark.class, "mark"),
          new NamedType(BackupStep.Take.class, "take"),
          new NamedType(BackupStep.Discard.class, "discard"),
          new NamedType(BackupStep.ReadBack.class, "readBack"),
          new NamedType(BackupStep.Prune.class, "prune"),
          new NamedType(BackupStep.MakeInstance.class, "makeInstance"),
          new NamedType(BackupStep.RemoveInstance.class, "removeInstance"),
          new NamedType(BackupStep.Load.class, "load"),
          new NamedType(BackupStep.Clear.class, "clear"),
          new NamedType(BackupStep.Release.class, "release"),
          new NamedType(BackupStep.KeepInstance.class, "keepInstance"),
          new NamedType(BackupStep.Compare.class, "compare"),
          new NamedType(BackupStep.Ask.class, "ask"),
          new NamedType(BackupStep.SwitchService.class, "switchService"),
          new NamedType(BackupStep.SwitchBack.class, "switchBack"),
          new NamedType(BackupStep.StopOld.class, "stopOld"),
          new NamedType(BackupStep.StopWorkload.class, "stopWorkload"),
          new NamedType(BackupStep.StartWorkload.class, "startWorkload"),
          new NamedType(BackupStep.Freeze.class, "freeze"),
          new NamedType(BackupStep.Thaw.class, "thaw"),
          new NamedType(BackupStep.KeepDropped.class, "keepDropped"),
          new NamedType(BackupStep.DiscardKept.class, "discardKept"),
          new NamedType(StorePlace.S3.class, "s3"),
          new NamedType(StorePlace.Gcs.class, "gcs"),
          new NamedType(StorePlace.Azure.class, "azure"),
          new NamedType(StorePlace.Filesystem.class, "filesystem"),
          new NamedType(Which.Newest.class, "newest"),
          new NamedType(Which.Id.class, "id"),
          new NamedType(Which.Before.class, "before"),
          new NamedType(Which.At.class, "at"),
          new NamedType(RestoreTarget.Existing.class, "existing"),
          new NamedType(RestoreTarget.StatefulSet.class, "statefulSet"),
          new NamedType(RestoreTarget.Directory.class, "directory"),
          new NamedType(DrillPlace.Scratch.class, "scratch"),
          new NamedType(DrillPlace.Existing.class, "existing"),
          new NamedType(DrillPlace.Directory.class, "directory"),
          new NamedType(Schedule.Cron.class, "cron"),
          new NamedType(Schedule.Every.class, "every"),
          new NamedType(TriggerAuth.GitHub.class, "github"),
          new NamedType(TriggerAuth.GitLabToken.class, "gitlab"),
          new NamedType(TriggerAuth.GitLabSigned.class, "gitlabSigned"),
          new NamedType(TriggerAuth.Hmac.class, "hmac"),
          new NamedType(TriggerAuth.Bearer.class, "bearer"),
          new NamedType(Receiver.Slack.class, "slack"),
          new NamedType(Receiver.Teams.class, "teams"),
          new NamedType(Receiver.Webhook.class, "webhook"),
          new NamedType(Receiver.CloudEvents.class, "cloudEvents"),
          new NamedType(Receiver.Email.class, "email"));

  private Kinds() {}

  /** Teaches a mapper the table. */
  static SimpleModule module() {
    SimpleModule module = new SimpleModule("lockstep-kinds");
    INTERFACES.forEach(type -> module.setMixInAnnotation(type, Named.class));
    NAMES.forEach(module::registerSubtypes);
    return module;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface Named {}
}
