package dev.lockstep.definitions.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.SecretReference.File;
import dev.lockstep.definitions.model.SecretReference.Variable;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Which;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checks on backups, stores and restores that no reader made; the cases of each rule stand with
 * the reader's tests.
 */
final class CopyChecksTest {
  private static final Store SAFE =
      new Store("safe", new StorePlace.Filesystem("/var/backups"), Optional.empty());

  @ParameterizedTest
  @EnumSource
  void onlyPostgresqlIsMigrated(Engine engine) {
    Migration migration =
        new Migration(
            "m",
            "shop",
            List.of(new Change.DropTable("a")),
            List.of(),
            List.of(),
            ContractPolicy.DEFAULT,
            Limits.DEFAULT,
            Migration.OnFailure.ROLLBACK,
            List.of());

    List<Problem> problems = DefinitionChecks.check(List.of(database("shop", engine), migration));

    if (engine == Engine.POSTGRESQL) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems)
          .extracting(Problem::toString)
          .containsExactly(
              "spec.database: is `shop`, a Database of %s, which this version backs up and restores;"
                      .formatted(engine.name().toLowerCase(Locale.ROOT))
                  + " migrations are for postgresql [CHANGE_UNSUPPORTED]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFormatThatNobodyChoseFitsEveryEngine(Engine engine) {
    assertThat(check(database("shop", engine), SAFE, backup(Dump.DEFAULT))).isEmpty();
    assertThat(Dump.DEFAULT.formatFor(engine))
        .isEqualTo(engine == Engine.POSTGRESQL ? Dump.Format.CUSTOM : Dump.Format.PLAIN);
  }

  @Test
  void aWholeServerIsDumpedAsSql() {
    Dump server =
        new Dump(
            Dump.Through.CLIENT,
            Optional.empty(),
            Dump.Scope.SERVER,
            Optional.empty(),
            Optional.empty());
    Dump archive =
        new Dump(
            Dump.Through.CLIENT,
            Dump.Format.CUSTOM,
            Dump.Scope.SERVER,
            Optional.empty(),
            Optional.empty());

    assertThat(server.format()).isEqualTo(Dump.Format.PLAIN);
    assertThat(check(database("shop", Engine.POSTGRESQL), SAFE, backup(server))).isEmpty();
    assertThat(check(database("shop", Engine.POSTGRESQL), SAFE, backup(archive)))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.dump.format: stands beside scope server; wanted plain, physical, or it left"
                + " out"
                + " [CHOICE_WRONG]");
  }

  @ParameterizedTest
  @EnumSource
  void mydumperIsForOneDatabaseOfItsProducts(Engine engine) {
    Dump mydumper = Dump.DEFAULT.by(Dump.Program.MYDUMPER);

    if (engine == Engine.POSTGRESQL) {
      assertThat(check(database("shop", engine), SAFE, backup(mydumper)))
          .extracting(Problem::toString)
          .containsExactly(
              "spec.dump.program: is mydumper, which dumps mysql and mariadb, and the database is"
                  + " of postgresql; wanted it left out [VALUE_WRONG]");
    } else {
      assertThat(check(database("shop", engine), SAFE, backup(mydumper))).isEmpty();
    }
  }

  @Test
  void mydumperDumpsNoWholeServer() {
    Dump server =
        new Dump(
                Dump.Through.CLIENT,
                Optional.empty(),
                Dump.Scope.SERVER,
                Optional.empty(),
                Optional.empty())
            .by(Dump.Program.MYDUMPER);

    assertThat(check(database("shop", Engine.MARIADB), SAFE, backup(server)))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.dump.scope: is server beside program mydumper, which is run for one database;"
                + " wanted database, or program left out [CHOICE_WRONG]");
  }

  @Test
  void whatIsNotKnownIsNoSecondProblem() {
    Dump exec =
        new Dump(
            Dump.Through.EXEC,
            Dump.Format.CUSTOM,
            Dump.Scope.DATABASE,
            Optional.empty(),
            Optional.empty());

    assertThat(check(backup(exec)))
        .extracting(Problem::path)
        .containsExactly("spec.database", "spec.store");
    assertThat(
            DefinitionChecks.findings(List.<Definition>of(backup(exec)), List.of("shop", "safe")))
        .isEmpty();
  }

  @Test
  void namesOfAnotherKindAreNotMeant() {
    assertThat(
            check(
                database("safe", Engine.MYSQL),
                database("shop", Engine.MYSQL),
                backup(Dump.DEFAULT)))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.store: is `safe`, but there is no Store of this name; none is given"
                + " [REFERENCE_UNKNOWN]");
  }

  @Test
  void countsOfRetentionHaveARange() {
    Backup kept =
        backup(Dump.DEFAULT, new Retention(-1, 10_001, 0, 10_000, 0, 0, Optional.empty()));

    assertThat(check(database("shop", Engine.MYSQL), SAFE, kept))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.retention.last: is -1; wanted 0 to 10000 [VALUE_WRONG]",
            "spec.retention.hourly: is 10001; wanted 0 to 10000 [VALUE_WRONG]");
  }

  @Test
  void halvesOfAnAccessKeyAreFoundInOneWay() {
    SecretReference.Key access = new SecretReference.Key("a", "b", "accessKey");

    assertThat(keys(new Variable("A"), new Variable("B"))).isEmpty();
    assertThat(keys(new File("/a"), new File("/b"))).isEmpty();
    assertThat(keys(access, new SecretReference.Key("a", "b", "secretKey"))).isEmpty();
    assertThat(keys(new Variable("A"), new File("/b"))).hasSize(1);
    assertThat(keys(new File("/a"), new Variable("B"))).hasSize(1);
    assertThat(keys(access, new SecretReference.Key("a", "c", "secretKey"))).hasSize(1);
    assertThat(
            keys(
                new SecretReference.Key("a", "b", "id"),
                new SecretReference.Key("a", "b", "secretKey")))
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactly("CHOICE_WRONG spec.s3.credentials");
  }

  private static List<Problem> keys(SecretReference access, SecretReference secret) {
    return check(s3("a/", Optional.empty(), new StorePlace.AccessKeys(access, secret)));
  }

  @Test
  void whatNoReaderMadeOfAStoreIsFoundToo() {
    StorePlace.AccessKeys keys = new StorePlace.AccessKeys(new Variable("A"), new Variable("B"));

    assertThat(check(s3("", Optional.of("http://minio:9000"), keys))).isEmpty();
    assertThat(check(s3("a", Optional.empty(), keys)))
        .extracting(Problem::path)
        .containsExactly("spec.s3.prefix");
    assertThat(check(s3("", Optional.of("http://me:hunter2@minio"), keys)))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .contains("spec.s3.endpoint")
                    .doesNotContain("hunter2"));
  }

  private static Store s3(String prefix, Optional<String> endpoint, StorePlace.AccessKeys keys) {
    StorePlace place =
        new StorePlace.S3(endpoint, "us-east-1", "backups", prefix, false, Optional.of(keys));
    return new Store("s", place, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "true", "= true", "=", "= = x", "!= 5", "!=", "> 0", ">0", ">= -1.5", "< 1e6",
        "<= 10 ", "a\nb", "= a\nb", "-5"
      })
  void expectationsThatCanBeMet(String expect) {
    assertThat(answers(expect)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> ", "> x", ">> 1", "<> 1", "== 1", "=> 1", "=< 1", "=~ a", "! 1", "> 1 2", " > 1"
      })
  void expectationsThatNobodyUnderstands(String expect) {
    assertThat(answers(expect)).extracting(Problem::path).containsExactly("spec.checks[0].expect");
  }

  @Test
  void thereIsAnEndToQuestions() {
    List<Restore.Check> many =
        IntStream.rangeClosed(0, 50)
            .mapToObj(n -> new Restore.Check("c" + n, "select 1", "1"))
            .toList();

    assertThat(restored(many)).extracting(Problem::path).containsExactly("spec.checks");
    assertThat(restored(many.subList(0, 50))).isEmpty();
  }

  private static List<Problem> answers(String expect) {
    return restored(List.of(new Restore.Check("c", "select 1", expect)));
  }

  private static List<Problem> restored(List<Restore.Check> checks) {
    Restore restore =
        new Restore(
            "r",
            "nightly",
            Which.LATEST,
            new RestoreTarget.Existing("copy"),
            List.of(),
            checks,
            Optional.empty(),
            false);
    return check(
        database("shop", Engine.MARIADB),
        database("copy", Engine.MARIADB),
        SAFE,
        backup(Dump.DEFAULT),
        restore);
  }

  private static List<Problem> check(Definition... definitions) {
    return DefinitionChecks.check(List.of(definitions));
  }

  private static Backup backup(Dump dump) {
    return backup(dump, Retention.ALL);
  }

  private static Backup backup(Dump dump, Retention retention) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.DUMP,
        dump,
        List.of(),
        retention,
        Optional.empty(),
        Optional.empty());
  }

  private static Database database(String name, Engine engine) {
    return new Database(
        name,
        engine,
        new Connection.Service("shop", name, engine.usualPort(), name),
        new Credentials.None(),
        List.of());
  }
}
