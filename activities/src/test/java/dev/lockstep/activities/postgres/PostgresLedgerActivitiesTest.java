package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.Runs;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresLedgerActivitiesTest {
  private final Database database = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final Jdbi jdbi = databases.open(database);
  private final PostgresLedgerActivities activities = new PostgresLedgerActivities(databases);

  @BeforeEach
  void createTables() {
    TestServer.execute(
        database,
        "CREATE TABLE orders (id bigint PRIMARY KEY, note text)",
        "CREATE TABLE customers (id bigint PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(database);
  }

  @Test
  void claimedTwiceIsClaimedOnce() {
    StepOutcome first = activities.claim(claim("a/1", "orders"));
    StepOutcome second = activities.claim(claim("a/1", "orders"));

    assertThat(first.alreadyDone()).isFalse();
    assertThat(first.figures()).containsEntry("tables", 1L);
    assertThat(second.alreadyDone()).isTrue();
    assertThat(count("runs")).isOne();
    assertThat(count("claims")).isOne();
  }

  @Test
  void aTableOfAnotherUnfinishedRunIsRefusedByName() {
    activities.claim(claim("a/1", "orders"));

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> activities.claim(claim("b/1", "orders", "customers")));

    assertThat(failure.getType()).isEqualTo("TABLE_CLAIMED");
    assertThat(failure.getOriginalMessage())
        .isEqualTo("orders is claimed by the unfinished run a/1");
    assertThat(count("runs")).isOne();
    assertThat(count("claims")).isOne();
  }

  @Test
  void aSettledRunLeavesItsTablesToOthers() {
    activities.claim(claim("a/1", "orders"));
    activities.settle(new Settlement(scope("a/1"), RunState.SUCCEEDED, Optional.empty()));
    activities.settle(new Settlement(scope("a/1"), RunState.FAILED, Optional.of("too late")));

    activities.claim(claim("b/1", "orders"));

    assertThat(state("a/1")).isEqualTo(RunState.SUCCEEDED);
    assertThat(state("b/1")).isEqualTo(RunState.RUNNING);
  }

  @Test
  void ofTwoRunsThatBeginTogetherOneGetsTheTable() {
    List<CompletableFuture<String>> claims =
        Stream.of("a/1", "b/1", "c/1", "d/1")
            .map(
                run ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            activities.claim(claim(run, "orders"));
                            return "claimed";
                          } catch (ApplicationFailure e) {
                            return e.getType();
                          }
                        }))
            .toList();

    assertThat(claims.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder("claimed", "TABLE_CLAIMED", "TABLE_CLAIMED", "TABLE_CLAIMED");
  }

  @Test
  void theLedgerIsMadeOnceByAnyNumberOfCreators() {
    List<CompletableFuture<Void>> creators =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> jdbi.useHandle(handle -> new Ledger().create(handle))))
            .toList();

    creators.forEach(CompletableFuture::join);

    assertThat(count("runs")).isZero();
  }

  @Test
  void theSchemaIsComparedWithThatOfTheClaim() {
    activities.claim(claim("a/1", "orders"));
    assertThat(activities.compareSchema(scope("a/1"))).isEmpty();

    TestServer.execute(database, "ALTER TABLE orders ADD COLUMN extra text");
    assertThat(activities.compareSchema(scope("a/1")))
        .isNotEmpty()
        .anySatisfy(line -> assertThat(line).contains("extra"));

    TestServer.execute(database, "ALTER TABLE orders DROP COLUMN extra");
    assertThat(activities.compareSchema(scope("a/1"))).isEmpty();
  }

  @Test
  void aRunThatIsBeingUndoneSaysSoUntilItEnds() {
    activities.claim(claim("a/1", "orders"));

    activities.beginUndo(scope("a/1"));
    assertThat(state("a/1")).isEqualTo(RunState.ROLLING_BACK);
    activities.settle(
        new Settlement(scope("a/1"), RunState.ROLLED_BACK, Optional.of("first fault")));
    activities.beginUndo(scope("a/1"));

    assertThat(state("a/1")).isEqualTo(RunState.ROLLED_BACK);
  }

  @Test
  void aRunThatNeverBeganHasNothingToSettle() {
    activities.beginUndo(scope("a/1"));
    activities.settle(new Settlement(scope("a/1"), RunState.FAILED, Optional.of("x")));

    assertThat(activities.compareSchema(scope("a/1"))).isEmpty();
    assertThat(jdbi.<Boolean, RuntimeException>withHandle(new Ledger()::exists)).isFalse();
  }

  @Test
  void aRoleThatMayNotCreateTheLedgerIsTold() {
    TestServer.environment().put("LEDGER_GUEST", TestServer.GUEST);
    TestServer.environment().put("LEDGER_GUEST_PASSWORD", TestServer.PASSWORD);
    Database guest = TestServer.as(database, "LEDGER_GUEST", "LEDGER_GUEST_PASSWORD");
    Claim claim = claim("a/1", "orders");
    StepScope scope = new StepScope(new RunKey("a/1"), "claim", guest, Limits.DEFAULT);

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                activities.claim(
                    new Claim(scope, claim.plan(), claim.planHash(), "definition", "id", "{}")));

    assertThat(failure.getType()).isEqualTo("PRIVILEGE_MISSING");
  }

  private Claim claim(String run, String... tables) {
    List<TableName> names = Stream.of(tables).map(TableName::parse).sorted().toList();
    Plan plan =
        new Plan(
            Runs.nameOf(new RunKey(run)),
            database.name(),
            names,
            List.of(),
            List.of(),
            Limits.DEFAULT,
            OnFailure.ROLLBACK);
    return new Claim(
        scope(run), plan, Wire.hash(plan), "definition", "migration/" + run, "{\"a\": 1}");
  }

  private StepScope scope(String run) {
    return new StepScope(new RunKey(run), "prepare/claim", database, Limits.DEFAULT);
  }

  private RunState state(String run) {
    return jdbi.withHandle(handle -> new Runs().find(handle, new RunKey(run)))
        .orElseThrow()
        .state();
  }

  private long count(String table) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("SELECT count(*) FROM lockstep." + table).mapTo(Long.class).one());
  }
}
