package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.OldClients;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Trial;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionWriterTest {
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");

  static Stream<Credentials> credentials() {
    return Stream.of(
        new Credentials.None(),
        new Credentials.Environment("SHOP_USER", "SHOP_PASSWORD"),
        new Credentials.Files("/etc/shop/username", "/etc/shop/password"),
        new Credentials.Secret("shop", "shop-db"));
  }

  @Test
  void everyFormOfCredentialsIsTried() {
    assertThat(credentials().map(Object::getClass))
        .containsExactlyInAnyOrder(Credentials.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void databasesReadBackEqual(Credentials credentials) {
    Connection service = new Connection.Service("shop", "postgres", 6432, "shop");
    Connection url = new Connection.Url("jdbc:postgresql://localhost/shop?user=me");

    assertReadsBack(new Database("a", Engine.POSTGRESQL, service, credentials, List.of(WEB)));
    assertReadsBack(new Database("b", Engine.POSTGRESQL, url, credentials, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void constraintsReadBackEqual(Constraint.OnDelete onDelete) {
    assertReadsBack(
        migration(
            new Change.AddConstraint(
                "a",
                "f",
                new Constraint.ForeignKey(List.of("x", "y"), "s.b", List.of("i", "j"), onDelete)),
            new Change.AddConstraint("a", "c", new Constraint.Check("x > 0"))));
  }

  @Test
  void everythingThatIsNoDefaultReadsBackEqual() {
    assertReadsBack(
        new Migration(
            "m",
            "shop",
            List.of(
                new Change.CreateTable(
                    "t", List.of(new Column("id", "bigint", false, Optional.of("1"), true))),
                new Change.CreateIndex(
                    "u", "i", List.of("(lower(a))"), true, Optional.of("gin"), Optional.of("b")),
                new Change.AlterColumn(
                    "u",
                    "c",
                    Optional.of("text"),
                    Optional.of(true),
                    Optional.of("up"),
                    Optional.of("down")),
                new Change.Sql("a;\n  b;\n", "c", Change.SqlPhase.CONTRACT)),
            List.of(),
            List.of(
                new Rollout(
                    Optional.of(Rollout.After.VERIFY),
                    WEB,
                    new TreeMap<>(Map.of("web", "web:2", "side", "side:1")),
                    Optional.of(Duration.ofMinutes(3)))),
            new ContractPolicy(
                ContractPolicy.Approval.REQUIRED,
                Duration.ofHours(36),
                Optional.of("web/1%"),
                Optional.of("shop"),
                Optional.of(OldClients.ConnectedBefore.ROLLOUT_END),
                Optional.of(
                    new Trial(
                        Duration.ofSeconds(45), Duration.ofSeconds(15), 7, health().signals()))),
            new Limits(
                Duration.ofMillis(250),
                Duration.ofMillis(75),
                Optional.of(new Rate(123)),
                Optional.of(Duration.ofSeconds(5)),
                7,
                Optional.of(health()),
                Optional.of(
                    new BlockerTermination(
                        BlockerTermination.Sessions.ANY,
                        Duration.ofSeconds(90),
                        Optional.of("web/%"))),
                Optional.of(2)),
            Migration.OnFailure.HOLD,
            List.of(new Migration.Allowance("A_B", "because")),
            Optional.empty(),
            Optional.of(
                new Approvers(List.of("ada", "grace"), 2, Optional.of(Duration.ofHours(4))))));
  }

  private static HealthLimits health() {
    return new HealthLimits(
        Optional.of(ByteCount.ofMebibytes(1536)),
        Optional.of(new ByteRate(new ByteCount(1_000_001))),
        Optional.of(Duration.ofMillis(40)),
        Optional.of(12),
        Optional.of(HealthLimits.Autovacuum.IGNORE),
        List.of(
            new Signal("queue", new Signal.Query("SELECT count(*)\nFROM jobs"), 100),
            prometheus("a", 0.25, new SecretReference.Variable("PROMETHEUS_TOKEN")),
            prometheus("b", -1.5e-9, new SecretReference.File("/etc/lockstep/token")),
            prometheus("c", 3e20, new SecretReference.Key("shop", "metrics", "token.txt"))));
  }

  private static Signal prometheus(String name, double max, SecretReference token) {
    return new Signal(
        name, new Signal.Prometheus("https://p:9090/x", "sum(up)", Optional.of(token)), max);
  }

  @Test
  void everyFormOfASecretReferenceIsTried() {
    assertThat(health().signals().stream().map(Signal::source))
        .filteredOn(Signal.Prometheus.class::isInstance)
        .map(source -> ((Signal.Prometheus) source).token().orElseThrow().getClass())
        .map(Class::getName)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SecretReference.class.getPermittedSubclasses())
                .map(Class::getName)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n", "a\n\n", "a\n \n", "\n\na\n\n\n"})
  void lineBreaksAtTheEndOfADocumentAreKept(String reason) {
    assertReadsBack(
        new Migration(
            "m",
            "shop",
            List.of(new Change.DropTable("coupons")),
            List.of(),
            List.of(),
            ContractPolicy.DEFAULT,
            Limits.DEFAULT,
            Migration.OnFailure.HOLD,
            List.of(new Migration.Allowance("A", reason))));
  }

  @Test
  void defaultsAreLeftOut() {
    assertThat(DefinitionWriter.write(migration(new Change.DropTable("coupons"))))
        .isEqualTo(
            """
            apiVersion: lockstep.dev/v1
            kind: Migration
            metadata:
              name: m
            spec:
              database: shop
              changes:
                - dropTable:
                    table: coupons
            """);
  }

  @Test
  void statementsKeepTheirLines() {
    assertThat(
            DefinitionWriter.write(
                migration(new Change.Sql("a;\nb;\n", "c", Change.SqlPhase.EXPAND))))
        .contains("up: |\n          a;\n          b;\n");
  }

  private static void assertReadsBack(Definition definition) {
    String written = DefinitionWriter.write(definition);
    Reading reading = DefinitionReader.read(List.of(Source.ofText("written", written)));

    assertThat(reading.problems()).as(written).isEmpty();
    assertThat(reading.definitions()).containsExactly(definition);
  }

  private static Migration migration(Change... changes) {
    return new Migration(
        "m",
        "shop",
        Arrays.asList(changes),
        List.of(),
        List.of(),
        ContractPolicy.DEFAULT,
        Limits.DEFAULT,
        Migration.OnFailure.ROLLBACK,
        List.of());
  }
}
