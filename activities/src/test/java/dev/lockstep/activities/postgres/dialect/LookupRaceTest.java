package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.plan.Synchronisation;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Group;
import dev.lockstep.definitions.plan.TableName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that follows and the row that it follows, changed at the same time. */
final class LookupRaceTest {
  private final Jdbi database = ScratchServer.database();
  private final Handle seller = database.open();
  private final Handle registrar = database.open();

  @BeforeEach
  void shop() {
    execute(seller, "CREATE TABLE customers (id bigint PRIMARY KEY, name text, country text)");
    execute(
        seller,
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers,"
            + " country text, amount int)");
    execute(seller, "CREATE INDEX ON orders (customer_id)");
    execute(seller, "INSERT INTO customers VALUES (10, 'a', 'FR')");
    execute(seller, "INSERT INTO orders VALUES (1, 10)");
    Derived derived = LookupTest.derived("country", true);
    PostgresDialect dialect = new PostgresDialect();
    dialect
        .createSynchronisation(
            new Synchronisation(
                new TableName("public", "orders"),
                "zz_orders",
                List.of(new Group(List.of(derived), List.of()))))
        .forEach(sql -> execute(seller, sql));
    dialect.createFollower("zz_country", derived).forEach(sql -> execute(seller, sql));
    dialect.startFollower("zz_country", derived).forEach(sql -> execute(seller, sql));
  }

  @AfterEach
  void close() {
    seller.close();
    registrar.close();
  }

  @Test
  void aChangeWaitsForARowThatFoundTheOldValueAndReachesIt() {
    seller.begin();
    execute(seller, "INSERT INTO orders VALUES (2, 10)");
    CompletableFuture<Void> change = later(registrar, "UPDATE customers SET country = 'IT'");
    awaitWaiting();
    seller.commit();
    finish(change);
    assertThat(countries()).isEqualTo("1=IT 2=IT");
  }

  @Test
  void aRowWaitsForAChangeThatIsUnderWayAndFindsTheNewValue() {
    registrar.begin();
    execute(registrar, "UPDATE customers SET country = 'IT'");
    CompletableFuture<Void> order = later(seller, "INSERT INTO orders VALUES (2, 10)");
    awaitWaiting();
    registrar.commit();
    finish(order);
    assertThat(countries()).isEqualTo("1=IT 2=IT");
  }

  @Test
  void aRowFindsTheOldValueWhereTheChangeIsTakenBack() {
    registrar.begin();
    execute(registrar, "UPDATE customers SET country = 'IT'");
    CompletableFuture<Void> order = later(seller, "INSERT INTO orders VALUES (2, 10)");
    awaitWaiting();
    registrar.rollback();
    finish(order);
    execute(seller, "UPDATE orders SET customer_id = customer_id");
    assertThat(countries()).isEqualTo("1=- 2=FR");
  }

  @Test
  void aTransactionThatLooksIntoThePastIsRefused() {
    seller.begin();
    execute(seller, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    execute(seller, "SELECT count(*) FROM customers");
    execute(registrar, "UPDATE customers SET country = 'IT'");
    assertThatThrownBy(() -> execute(seller, "INSERT INTO orders VALUES (2, 10)"))
        .hasMessageContaining("could not serialize access due to concurrent update");
    seller.rollback();
    assertThat(countries()).isEqualTo("1=IT");
  }

  @Test
  void clientsThatCountTheirRowsInTheOtherTableDoNotBlockEachOther() {
    execute(registrar, "SET lock_timeout = '5s'");
    seller.begin();
    registrar.begin();
    execute(seller, "INSERT INTO orders VALUES (2, 10)");
    execute(registrar, "INSERT INTO orders VALUES (3, 10)");
    execute(registrar, "UPDATE customers SET name = 'three'");
    registrar.commit();
    execute(seller, "UPDATE customers SET name = 'two'");
    seller.commit();
    assertThat(countries()).isEqualTo("1=- 2=FR 3=FR");
  }

  @Test
  void aChangeWinsOverABatchThatReadTheOldValue() {
    seller.begin();
    execute(seller, "SET LOCAL lockstep.backfill = 'on'");
    execute(
        seller,
        "UPDATE orders SET country = coalesce(country, "
            + new PostgresDialect().over(LookupTest.derived("country", true))
            + ") WHERE country IS NULL");
    CompletableFuture<Void> change = later(registrar, "UPDATE customers SET country = 'IT'");
    awaitWaiting();
    seller.commit();
    finish(change);
    assertThat(countries()).isEqualTo("1=IT");
  }

  private static CompletableFuture<Void> later(Handle handle, String sql) {
    return CompletableFuture.runAsync(() -> execute(handle, sql));
  }

  private static void finish(CompletableFuture<Void> work) {
    work.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void awaitWaiting() {
    try (Handle watcher = database.open()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  watcher
                          .select(
                              "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                  + " current_database() AND wait_event_type = 'Lock'")
                          .mapTo(Long.class)
                          .one()
                      > 0);
    }
  }

  private String countries() {
    return seller
        .select(
            "SELECT string_agg(id || '=' || coalesce(country, '-'), ' ' ORDER BY id) FROM orders")
        .mapTo(String.class)
        .one();
  }
}
