package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.CommitReport.Service;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores, backups, restores and drills, written and read back. */
final class CopyWriterTest {
  private static final SecretReference KEY = new SecretReference.Key("shop", "s", "k.pem");
  private static final List<Restore.Check> CHECKS =
      List.of(
          new Restore.Check("some", "select count(*) from a", "> 0"),
          new Restore.Check("none", "select 1", "0"));

  static Stream<StorePlace> places() {
    return Stream.of(
        new StorePlace.S3(Optional.empty(), "us-east-1", "backups", "", false, Optional.empty()),
        s3(new SecretReference.Variable("A"), new SecretReference.Variable("B")),
        s3(new SecretReference.File("/a"), new SecretReference.File("/b")),
        s3(
            new SecretReference.Key("n", "s", "accessKey"),
            new SecretReference.Key("n", "s", "secretKey")),
        new StorePlace.Gcs("backups", "", Optional.empty(), Optional.empty()),
        new StorePlace.Gcs("backups", "a/", Optional.of("http://g:1"), Optional.of(KEY)),
        new StorePlace.Azure("backups", "", Optional.empty(), KEY),
        new StorePlace.Azure("backups", "a/b/", Optional.of("http://a:1/account"), KEY),
        new StorePlace.Filesystem("/var/my backups"));
  }

  private static StorePlace s3(SecretReference access, SecretReference secret) {
    return new StorePlace.S3(
        Optional.of("https://minio:9000"),
        "eu-west-3",
        "backups",
        "shop/nightly/",
        true,
        Optional.of(new StorePlace.AccessKeys(access, secret)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void storesReadBackEqual(StorePlace place) {
    assertReadsBack(new Store("s", place, Optional.empty()));
    assertReadsBack(new Store("s", place, Optional.of(new SecretReference.File("/key"))));
  }

  @Test
  void everyKindOfPlaceIsTried() {
    assertThat(places().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(StorePlace.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @CsvSource({"shop, shop/", "shop/, shop/", "a/b, a/b/", "'', ''"})
  void aPrefixIsAFolder(String written, String meant) {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Store
        metadata: {name: safe}
        spec: {gcs: {bucket: backups, prefix: "%s"}}
        """
            .formatted(written);

    assertThat(read(text))
        .containsExactly(
            new Store(
                "safe",
                new StorePlace.Gcs("backups", meant, Optional.empty(), Optional.empty()),
                Optional.empty()));
  }

  static Stream<Dump> dumps() {
    return Stream.of(
        Dump.DEFAULT,
        Dump.DEFAULT.by(Dump.Program.MYDUMPER),
        new Dump(
            Dump.Through.CLIENT,
            Dump.Format.CUSTOM,
            Dump.Scope.DATABASE,
            Optional.empty(),
            Optional.empty()),
        new Dump(
            Dump.Through.EXEC,
            Dump.Format.DIRECTORY,
            Dump.Scope.SERVER,
            Optional.of(new Dump.Pod("shop", "postgres", Optional.of("db"))),
            Optional.of(new Dump.Job("shop", "postgres:16", Optional.of("dump")))),
        new Dump(
            Dump.Through.CLIENT,
            Optional.of(Dump.Format.PHYSICAL),
            Dump.Scope.SERVER,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofHours(12)),
            Optional.empty()),
        new Dump(
            Dump.Through.JOB,
            Optional.empty(),
            Dump.Scope.SERVER,
            Optional.of(new Dump.Pod("shop", "postgres", Optional.empty())),
            Optional.of(new Dump.Job("shop", "postgres:16", Optional.empty()))));
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void backupsReadBackEqual(Dump dump) {
    assertReadsBack(
        new Backup(
            "b",
            "shop",
            "safe",
            Backup.Method.DUMP,
            dump,
            List.of("orders", "audit.log"),
            new Retention(1, 2, 3, 4, 5, 6, Optional.of(Duration.ofDays(400))),
            Optional.of(Duration.ofHours(24)),
            Optional.of(new ByteRate(ByteCount.ofMebibytes(50)))));
    assertReadsBack(
        new Backup(
            "b",
            "shop",
            "safe",
            Backup.Method.PORTABLE,
            dump,
            List.of(),
            Retention.ALL,
            Optional.empty(),
            Optional.empty()));
  }

  static Stream<Quiesce> quiesces() {
    WorkloadReference web = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
    Dump.Pod pod = new Dump.Pod("shop", "postgres", Optional.of("db"));
    return Stream.of(
        new Quiesce(
            List.of(web), Optional.empty(), Quiesce.DEFAULT_TIMEOUT, Quiesce.DEFAULT_AT_MOST),
        new Quiesce(
            List.of(),
            Optional.of(new Quiesce.Exec(pod, List.of("sh", "-c", "sync"), List.of("true"))),
            Duration.ofSeconds(30),
            Duration.ofMinutes(20)));
  }

  @ParameterizedTest
  @MethodSource("quiesces")
  void whatStandsStillReadsBackEqual(Quiesce quiesce) {
    assertReadsBack(
        new Backup(
            "b",
            "shop",
            "safe",
            Backup.Method.DUMP,
            Dump.DEFAULT,
            List.of(),
            Retention.ALL,
            Optional.empty(),
            Optional.empty(),
            Optional.of(quiesce)));
  }

  static Stream<Which> whichs() {
    return Stream.of(
        Which.LATEST,
        new Which.Newest(true),
        new Which.Id("20261126T020000Z"),
        new Which.Before(Instant.parse("2026-11-01T00:00:00Z")),
        new Which.Before(Instant.parse("2026-11-01T12:34:56.789Z")),
        new Which.At(Instant.parse("2026-11-01T12:34:56.789Z")));
  }

  @ParameterizedTest
  @MethodSource("whichs")
  void restoresAndDrillsReadBackEqual(Which which) {
    Restore.Switch change = new Restore.Switch("shop", "db", Duration.ofMinutes(90));
    Restore.Switch usual = new Restore.Switch("shop", "db", Restore.Switch.DEFAULT_KEEP_OLD);
    RestoreTarget fresh = new RestoreTarget.StatefulSet("shop", "postgres-new", "postgres");
    RestoreTarget there = new RestoreTarget.Existing("copy");
    RestoreTarget folder = new RestoreTarget.Directory("/var/lib/postgresql/restored");

    assertReadsBack(
        new Restore("r", "b", which, fresh, List.of(), List.of(), Optional.of(change), false));
    assertReadsBack(
        new Restore("r", "b", which, fresh, List.of(), CHECKS, Optional.of(usual), false));
    assertReadsBack(
        new Restore("r", "b", which, there, List.of("a.b"), CHECKS, Optional.empty(), true));
    assertReadsBack(
        new Restore("r", "b", which, folder, List.of(), CHECKS, Optional.empty(), false));
    assertReadsBack(
        new Drill(
            "d",
            "b",
            which,
            new DrillPlace.Directory("/var/lib/postgresql/drill"),
            CHECKS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    assertReadsBack(
        new Drill(
            "d",
            "b",
            which,
            new DrillPlace.Scratch("shop", "postgres", Duration.ofHours(3)),
            CHECKS,
            Optional.of(Duration.ofMinutes(15)),
            Optional.of(Duration.ofHours(24)),
            Optional.of(KEY)));
    assertReadsBack(
        new Drill(
            "d",
            "b",
            which,
            new DrillPlace.Existing("copy"),
            List.of(),
            Optional.empty(),
            Optional.of(Duration.ofHours(24)),
            Optional.empty()));
  }

  @Test
  void notificationsReadBackEqual() {
    for (Receiver to :
        List.of(
            new Receiver.Slack(KEY),
            new Receiver.Teams(KEY),
            new Receiver.Webhook(KEY, Optional.empty()),
            new Receiver.Webhook(KEY, Optional.of(new Receiver.Signature("X-S", "X-T", KEY))),
            new Receiver.CloudEvents(KEY, "urn:x"),
            new Receiver.Email(
                new Receiver.MailServer("mail", 465, Receiver.Tls.IMPLICIT),
                "a@b",
                List.of("c@d"),
                Optional.of(new Receiver.MailLogin(KEY, KEY))))) {
      assertReadsBack(
          new Notification(
              "n", List.of(), Notification.USUAL_EVENTS, to, Optional.of("${run} ${state}")));
      assertReadsBack(
          new Notification(
              "n",
              List.of(new Subject(Subject.Kind.DRILL, "d")),
              List.of(Notification.Event.STARTED),
              to,
              Optional.empty()));
    }
  }

  @Test
  void triggersReadBackEqual() {
    Subject backup = new Subject(Subject.Kind.BACKUP, "b");
    for (TriggerAuth auth :
        List.of(
            new TriggerAuth.GitHub(KEY),
            new TriggerAuth.GitLabToken(KEY),
            new TriggerAuth.GitLabSigned(KEY),
            new TriggerAuth.Hmac("X-Signature", KEY, "X-Time"),
            new TriggerAuth.Bearer(KEY))) {
      assertReadsBack(
          new Trigger(
              "t",
              backup,
              auth,
              new Trigger.When(
                  Optional.of("push"),
                  Optional.of("main"),
                  new TreeMap<>(Map.of("$.action", "published"))),
              new TreeMap<>(Map.of("tag", new Trigger.Parameter("$.after", "[0-9a-f]{40}"))),
              Optional.of(new CommitReport(Service.GITHUB, KEY, "https://git.example/api/v3"))));
      assertReadsBack(
          new Trigger(
              "t",
              backup,
              auth,
              Trigger.When.ALWAYS,
              new TreeMap<>(),
              Optional.of(new CommitReport(Service.GITLAB, KEY, Service.GITLAB.publicApi()))));
    }
  }

  @ParameterizedTest
  @CsvSource({"postgresql, 5432", "mysql, 3306", "mariadb, 3306"})
  void aPortThatIsLeftOutIsThatOfTheEngine(String engine, int port) {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: %s, connection: {service: {namespace: shop, name: db}, database: shop}}
        """
            .formatted(engine);

    Database read = (Database) read(text).get(0);

    assertThat(read.connection()).isEqualTo(new Connection.Service("shop", "db", port, "shop"));
    assertThat(DefinitionWriter.write(read)).doesNotContain("port");
  }

  @Test
  void thePortOfAnotherEngineIsWritten() {
    for (Engine engine : Engine.values()) {
      for (int port : new int[] {3306, 5432, 6000}) {
        assertReadsBack(
            new Database(
                "a",
                engine,
                new Connection.Service("shop", "db", port, "shop"),
                new Credentials.None(),
                List.of()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mysql, jdbc:mysql://localhost:3306/shop?sslMode=VERIFY_CA",
    "mysql, 'jdbc:mysql://(host=a,port=1),(host=b)/shop'",
    "mariadb, jdbc:mariadb:sequential://a:3306/shop"
  })
  void addressesOfMysqlAndMariadbAreTaken(String engine, String url) {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: %s, connection: {url: "%s"}}
        """
            .formatted(engine, url);

    assertThat(((Database) read(text).get(0)).connection()).isEqualTo(new Connection.Url(url));
    assertThat(Definitions.load(List.of(Source.ofText("f", text))).problems()).isEmpty();
  }

  private static void assertReadsBack(Definition definition) {
    String written = DefinitionWriter.write(definition);

    assertThat(read(written)).as(written).isEqualTo(List.of(definition));
    assertThat(DefinitionReader.readJson(DefinitionWriter.toJson(definition), "x").definitions())
        .isEqualTo(List.of(definition));
  }

  private static List<Definition> read(String text) {
    Reading reading = DefinitionReader.read(List.of(Source.ofText("f", text)));
    assertThat(reading.problems()).as(text).isEmpty();
    return reading.definitions();
  }
}
