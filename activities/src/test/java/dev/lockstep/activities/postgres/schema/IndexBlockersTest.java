package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements on indexes wait for transactions that began before them. */
final class IndexBlockersTest {
  private static final Action.BuildIndex BUILD =
      new Action.BuildIndex(
          ORDERS,
          "orders_customer",
          "CREATE INDEX CONCURRENTLY orders_customer ON public.orders (customer)");
  private static final Action.RemoveIndex REMOVE =
      new Action.RemoveIndex(
          ORDERS, "orders_customer", "DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer");

  private final BlockersFixture fixture = new BlockersFixture();
  private final Connection web = fixture.web;

  @BeforeEach
  void keepASnapshot() throws SQLException {
    web.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aForgottenTransactionThatABuildWaitsForIsEnded() {
    TestServer.execute(web, "SELECT count(*) FROM orders");

    StepOutcome outcome =
        fixture.schema.activities.buildIndex(
            fixture.scope(BlockersFixture.ending(Sessions.IDLE)), BUILD);

    assertThat(outcome.figures()).containsEntry("blockersTerminated", 1L).containsKey("bytes");
    assertThat(BlockersFixture.alive(web)).isFalse();
    assertThat(fixture.schema.reporter.reasons())
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("ended pid ")
                    .endsWith("which kept the step from index orders_customer"));
  }

  @Test
  void aForgottenTransactionThatADropWaitsForIsEnded() {
    TestServer.execute(
        fixture.schema.database, "CREATE INDEX orders_customer ON orders (customer)");
    TestServer.execute(web, "SELECT count(*) FROM orders");

    StepOutcome outcome =
        fixture.schema.activities.removeIndex(
            fixture.scope(BlockersFixture.ending(Sessions.IDLE)), REMOVE);

    assertThat(outcome.figures()).containsEntry("blockersTerminated", 1L);
    assertThat(BlockersFixture.alive(web)).isFalse();
  }

  @Test
  void whoIsSparedIsNamedWithTheReasonAndWaitedFor() throws SQLException {
    TestServer.execute(web, "SELECT count(*) FROM orders");
    BlockerTermination others =
        new BlockerTermination(Sessions.IDLE, BlockersFixture.AFTER, Optional.of("shop/%"));
    CompletableFuture<StepOutcome> running =
        CompletableFuture.supplyAsync(
            () -> fixture.schema.activities.buildIndex(fixture.scope(others), BUILD));

    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(fixture.schema.reporter.reasons())
                    .anyMatch(reason -> reason.startsWith("an older transaction to end: pid "))
                    .anyMatch(reason -> reason.endsWith(": it is not named like 'shop/%'")));
    web.rollback();

    assertThat(running.join().figures()).doesNotContainKey("blockersTerminated");
    assertThat(BlockersFixture.alive(web)).isTrue();
  }
}
