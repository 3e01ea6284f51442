package dev.lockstep.workflows.wire;

import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.OldClients;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trial;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fakes.CopyPlans;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One value of every record of every sealed interface. */
final class Samples {
  static final TableName TABLE = new TableName("public", "customers");
  static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");

  private static final Column COLUMN =
      new Column("full_name", "text", false, Optional.of("''"), false);
  private static final Optional<String> UP = Optional.of("first || ' ' || last");
  private static final Lookup LOOKUP =
      new Lookup("regions", new TreeMap<>(Map.of("region_id", "id")), "name", true);
  private static final RowKey KEY = new RowKey(List.of(new RowKey.KeyColumn("id", "bigint")));
  private static final TreeMap<String, String> IMAGES = new TreeMap<>(Map.of("web", "shop:2"));
  private static final Rollout ROLLOUT =
      new Rollout(
          Optional.of(Rollout.After.EXPAND), WEB, IMAGES, Optional.of(Duration.ofMinutes(5)));

  private Samples() {}

  static List<Change> changes() {
    return List.of(
        new Change.AddColumn("customers", COLUMN, Optional.empty(), Optional.of(LOOKUP)),
        new Change.DropColumn("customers", "first", Optional.empty()),
        new Change.RenameColumn("customers", "a", "b"),
        new Change.AlterColumn(
            "customers", "a", Optional.of("bigint"), Optional.of(true), UP, Optional.empty()),
        new Change.CreateIndex(
            "customers",
            "by_name",
            List.of("full_name", "(lower(b))"),
            true,
            Optional.of("btree"),
            Optional.of("b is not null")),
        new Change.DropIndex("customers", "by_name"),
        new Change.CreateTable("orders", List.of(COLUMN)),
        new Change.DropTable("orders"),
        new Change.AddConstraint("customers", "positive", constraints().get(0)),
        new Change.Sql("select 1", "select 2", Change.SqlPhase.CONTRACT));
  }

  static List<Constraint> constraints() {
    return List.of(
        new Constraint.Check("a > 0"),
        new Constraint.ForeignKey(
            List.of("a"), "other", List.of("id"), Constraint.OnDelete.SET_NULL));
  }

  static List<Step> steps() {
    return List.of(
        new Step.Apply(changes().get(0)),
        new Step.RollOut(ROLLOUT),
        new Step.Backfill("customers", "a", Optional.empty(), Optional.of(LOOKUP), "a is null"),
        new Step.Verify("counts", "select 1", "1"),
        new Step.Approve("contract"),
        new Step.Wait(Duration.ofHours(24)));
  }

  static List<Connection> connections() {
    return List.of(
        new Connection.Url("jdbc:postgresql://127.0.0.1:5432/shop"),
        new Connection.Service("shop", "postgres", 5432, "shop"),
        new Connection.Folder("/var/lib/postgresql/restored", "shop"));
  }

  static List<Credentials> credentials() {
    return List.of(
        new Credentials.None(),
        new Credentials.Environment("SHOP_USER", "SHOP_PASSWORD"),
        new Credentials.Files("user", "password"),
        new Credentials.Secret("shop", "shop-db"));
  }

  static List<Definition> definitions() {
    return List.of(
        database(),
        migration(),
        CopyPlans.COPY.store(),
        CopyPlans.BACKUP,
        CopyPlans.restore().copy().orElseThrow().definition(),
        CopyPlans.drill().copy().orElseThrow().definition(),
        schedule(),
        new Trigger(
            "deploy",
            new Subject(Subject.Kind.MIGRATION, "customer-full-name"),
            triggerAuths().get(0),
            new Trigger.When(Optional.of("push"), Optional.of("main"), new TreeMap<>()),
            new TreeMap<>(Map.of("tag", new Trigger.Parameter("$.after", "[0-9a-f]{40}"))),
            Optional.of(
                new CommitReport(
                    CommitReport.Service.GITHUB,
                    new SecretReference.Variable("TOKEN"),
                    CommitReport.Service.GITHUB.publicApi()))),
        new Notification(
            "ops",
            List.of(new Subject(Subject.Kind.BACKUP, "shop-nightly")),
            Notification.USUAL_EVENTS,
            receivers().get(0),
            Optional.of("${run} is ${state}")));
  }

  static Database database() {
    return new Database(
        "shop", Engine.POSTGRESQL, connections().get(0), credentials().get(0), List.of(WEB));
  }

  static Migration migration() {
    Limits limits =
        new Limits(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Optional.of(new Rate(50_000)),
            Optional.of(Duration.ofSeconds(5)),
            2,
            Optional.of(health()),
            Optional.of(
                new BlockerTermination(
                    BlockerTermination.Sessions.ANY, Duration.ofSeconds(30), Optional.of("web/%"))),
            Optional.of(3));
    return new Migration(
        "customer-full-name",
        "shop",
        changes(),
        steps(),
        List.of(ROLLOUT),
        new ContractPolicy(
            ContractPolicy.Approval.REQUIRED,
            Duration.ofDays(1),
            Optional.of("shop-web/1%"),
            Optional.of("shop"),
            Optional.of(OldClients.ConnectedBefore.ROLLOUT_START),
            Optional.of(
                new Trial(Duration.ofSeconds(60), Duration.ofSeconds(30), 3, health().signals()))),
        limits,
        Migration.OnFailure.HOLD,
        List.of(new Migration.Allowance("TABLE_BIG", "it is night")));
  }

  static List<Signal.Source> sources() {
    return List.of(
        new Signal.Query("SELECT 1"),
        new Signal.Prometheus("http://p:9090", "up", Optional.of(references().get(0))));
  }

  static List<SecretReference> references() {
    return List.of(
        new SecretReference.Variable("TOKEN"),
        new SecretReference.File("/etc/token"),
        new SecretReference.Key("shop", "metrics", "token"));
  }

  static List<WrappingKey> wrappingKeys() {
    return Stream.concat(
            references().stream(),
            Stream.of(
                new WrappingKey.AwsKms(
                    "alias/backups",
                    "eu-west-3",
                    Optional.empty(),
                    Optional.of(
                        new StorePlace.AccessKeys(references().get(0), references().get(1)))),
                new WrappingKey.Transit(
                    "https://vault:8200",
                    "transit",
                    "backups",
                    references().get(1),
                    Optional.of("shop"),
                    Optional.empty())))
        .toList();
  }

  private static HealthLimits health() {
    return new HealthLimits(
        Optional.of(ByteCount.ofMebibytes(512)),
        Optional.of(new ByteRate(ByteCount.ofMebibytes(50))),
        Optional.of(Duration.ofMillis(50)),
        Optional.of(16),
        Optional.of(HealthLimits.Autovacuum.WAIT),
        sources().stream().map(source -> new Signal("s", source, 0.5)).toList());
  }

  static List<Action> actions() {
    List<Action.Assignment> set = List.of(new Action.Assignment("full_name", "first"));
    return List.of(
        new Action.Claim(List.of(TABLE)),
        new Action.Statements(
            List.of("alter table customers add a text"),
            List.of(new TableLock(TABLE, LockMode.ACCESS_EXCLUSIVE))),
        new Action.Validate(TABLE, "positive", "alter table customers validate …"),
        new Action.BuildIndex(TABLE, "by_name", "create index concurrently …"),
        new Action.RemoveIndex(TABLE, "by_name", "drop index concurrently …"),
        new Action.Backfill(TABLE, KEY, set, "full_name is null", 200_000),
        new Action.Verify(TABLE, KEY, "a <> b", set, "a and b", 200_000),
        new Action.Ask("counts", "select 1", "1"),
        new Action.AwaitOldClients(
            Optional.of("shop-web/1%"),
            Optional.of("shop"),
            Optional.of("verify/note-rollout-end")),
        new Action.Approve("contract"),
        new Action.BeforeTrial("contract", Duration.ofSeconds(30), health().signals()),
        new Action.Trial(
            "trial", "gate/before-trial", Duration.ofSeconds(60), 3, health().signals()),
        new Action.Pause(Duration.ofHours(24)),
        new Action.RollOut(WEB, IMAGES, Duration.ofMinutes(10)),
        new Action.RollBack(WEB, "expand/rollout-web", Duration.ofMinutes(10)),
        new Action.OfBackup(backupSteps().get(0)));
  }

  static List<BackupStep> backupSteps() {
    BackupReference copy = CopyPlans.COPY;
    Instance instance = new Instance("drill", "pg", "pg", "shop", Optional.of(Duration.ofHours(2)));
    return List.of(
        new BackupStep.Preflight(copy),
        new BackupStep.Mark(copy),
        new BackupStep.Take(copy),
        new BackupStep.Discard(copy),
        new BackupStep.ReadBack(copy, true),
        new BackupStep.Prune(copy),
        new BackupStep.MakeInstance(instance),
        new BackupStep.RemoveInstance(instance),
        new BackupStep.Load(copy, List.of("public.orders"), BackupStep.Target.REPLACED),
        new BackupStep.Clear(copy),
        new BackupStep.Release(copy),
        new BackupStep.KeepInstance(instance),
        new BackupStep.Compare(copy, List.of("public.orders")),
        new BackupStep.Ask(new Restore.Check("c", "select 1", "= 1")),
        new BackupStep.SwitchService("shop", "pg", instance),
        new BackupStep.SwitchBack("shop", "pg"),
        new BackupStep.StopOld("shop", "pg"),
        new BackupStep.StopWorkload("nightly", WEB, Duration.ofMinutes(2)),
        new BackupStep.StartWorkload("nightly", WEB, Duration.ofMinutes(2)),
        new BackupStep.Freeze(
            "nightly", CopyPlans.POD, List.of("sync", "-f"), Duration.ofMinutes(2)),
        new BackupStep.Thaw("nightly", CopyPlans.POD, List.of("true"), Duration.ofMinutes(2)),
        ofBackup(CopyPlans.keep().action()),
        ofBackup(CopyPlans.keep().undo().action().orElseThrow()));
  }

  private static BackupStep ofBackup(Action action) {
    return ((Action.OfBackup) action).step();
  }

  static List<StorePlace> places() {
    return List.of(
        new StorePlace.S3(
            Optional.of("http://127.0.0.1:9000"),
            "us-east-1",
            "backups",
            "shop/",
            true,
            Optional.of(new StorePlace.AccessKeys(references().get(0), references().get(1)))),
        new StorePlace.Gcs("b", "", Optional.empty(), Optional.of(references().get(0))),
        new StorePlace.Azure("c", "", Optional.empty(), references().get(0)),
        new StorePlace.Filesystem("/var/backups"));
  }

  static List<Which> whiches() {
    return List.of(
        new Which.Newest(true),
        new Which.Id("20261126T020000Z"),
        new Which.Before(Instant.EPOCH),
        new Which.At(Instant.EPOCH));
  }

  static List<RestoreTarget> targets() {
    return List.of(
        new RestoreTarget.Existing("copy"),
        new RestoreTarget.StatefulSet("shop", "new", "old"),
        new RestoreTarget.Directory("/var/lib/postgresql/restored"));
  }

  static List<DrillPlace> drillPlaces() {
    return List.of(
        new DrillPlace.Scratch("shop", "pg", Duration.ofHours(2)),
        new DrillPlace.Existing("scratch"),
        new DrillPlace.Directory("/var/lib/postgresql/drill"));
  }

  static List<Schedule.Timing> timings() {
    return List.of(new Schedule.Cron("30 4 * * *"), new Schedule.Every(Duration.ofHours(6)));
  }

  private static Schedule schedule() {
    return new Schedule(
        "nightly",
        new Subject(Subject.Kind.BACKUP, "shop-nightly"),
        timings().get(0),
        "Europe/Paris",
        Duration.ofMinutes(5),
        Schedule.Overlap.BUFFER_ONE,
        Duration.ofHours(1),
        true,
        Optional.of("month end"),
        List.of(
            new Schedule.Blackout(
                new Schedule.TimeOfDay(22, 0),
                new Schedule.TimeOfDay(6, 30),
                List.of(DayOfWeek.SUNDAY))));
  }

  static List<Receiver> receivers() {
    SecretReference secret = new SecretReference.Variable("SECRET");
    return List.of(
        new Receiver.Slack(secret),
        new Receiver.Teams(secret),
        new Receiver.Webhook(
            secret, Optional.of(new Receiver.Signature("X-Signature", "X-Time", secret))),
        new Receiver.CloudEvents(secret, "/lockstep"),
        new Receiver.Email(
            new Receiver.MailServer("mail.example.org", 587, Receiver.Tls.START_TLS),
            "lockstep@example.org",
            List.of("ops@example.org"),
            Optional.of(new Receiver.MailLogin(secret, secret))));
  }

  static List<TriggerAuth> triggerAuths() {
    SecretReference secret = new SecretReference.Variable("SECRET");
    return List.of(
        new TriggerAuth.GitHub(secret),
        new TriggerAuth.GitLabToken(secret),
        new TriggerAuth.GitLabSigned(secret),
        new TriggerAuth.Hmac("X-Signature", secret, "X-Time"),
        new TriggerAuth.Bearer(secret));
  }
}
