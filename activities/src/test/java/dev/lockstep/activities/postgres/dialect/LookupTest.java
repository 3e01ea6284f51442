package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.plan.LookedUp;
import dev.lockstep.definitions.plan.Synchronisation;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Group;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of another table, kept by triggers of both. */
final class LookupTest {
  private static final TableName ORDERS = new TableName("public", "orders");
  private static final TableName CUSTOMERS = new TableName("public", "customers");
  private static final String FOLLOWER = "zz_lockstep_m__orders__country";
  private static final Jdbi DATABASE = ScratchServer.database();

  private final PostgresDialect dialect = new PostgresDialect();
  private final Handle handle;

  LookupTest() {
    handle = DATABASE.open();
    handle.begin();
  }

  @AfterEach
  void rollBack() {
    handle.rollback();
    handle.close();
  }

  @Test
  void aNewRowTakesTheValueWhateverAClientGives() {
    shop("");
    follow();
    run("INSERT INTO orders (id, customer_id) VALUES (1, 10)");
    run("INSERT INTO orders VALUES (2, 20, 'elsewhere')");
    run("INSERT INTO orders VALUES (3, NULL, 'nowhere')");
    assertThat(orders()).isEqualTo("1=FR 2=DE 3=-");
  }

  @Test
  void anotherMatchFindsAnotherValue() {
    shop("");
    follow();
    run("INSERT INTO orders VALUES (1, 10), (2, 10)");
    run("UPDATE orders SET customer_id = 20 WHERE id = 1");
    run("UPDATE orders SET country = 'elsewhere' WHERE id = 2");
    assertThat(orders()).isEqualTo("1=DE 2=FR");
    run("UPDATE orders SET customer_id = NULL");
    assertThat(orders()).isEqualTo("1=- 2=-");
  }

  @Test
  void aChangeOfTheOtherRowGoesToAllThatFollowIt() {
    shop("");
    run("INSERT INTO orders VALUES (4, 20)");
    follow();
    run("INSERT INTO orders VALUES (1, 10), (2, 10), (3, 20)");
    run("UPDATE customers SET country = 'IT' WHERE id = 10");
    assertThat(orders()).isEqualTo("1=IT 2=IT 3=DE 4=-");
    run("UPDATE customers SET country = NULL WHERE id = 10");
    assertThat(orders()).isEqualTo("1=- 2=- 3=DE 4=-");
    run("UPDATE customers SET country = country || '!', name = 'x'");
    assertThat(orders()).isEqualTo("1=- 2=- 3=DE! 4=DE!");
  }

  @Test
  void aRowThatGoesLeavesWhatTheForeignKeySays() {
    shop("ON DELETE SET NULL ON UPDATE CASCADE");
    follow();
    run("INSERT INTO orders VALUES (1, 10), (2, 20)");
    run("DELETE FROM customers WHERE id = 10");
    assertThat(orders()).isEqualTo("1=- 2=DE");
    run("UPDATE customers SET id = 21, country = 'AT' WHERE id = 20");
    run("UPDATE customers SET country = 'CH' WHERE id = 21");
    assertThat(orders()).isEqualTo("1=- 2=CH");
  }

  @Test
  void whatIsNotFollowedIsTheValueOfWhenTheRowWasWritten() {
    shop("");
    create(derived("country", false));
    run("INSERT INTO orders VALUES (1, 10, NULL), (2, 10, 'given'), (3, 99, NULL)");
    run("UPDATE customers SET country = 'IT'");
    assertThat(orders()).isEqualTo("1=FR 2=given 3=-");
    run("UPDATE orders SET customer_id = 20 WHERE id < 3");
    assertThat(orders()).isEqualTo("1=IT 2=IT 3=-");
    run("UPDATE orders SET country = 'given' WHERE id = 1");
    assertThat(orders()).isEqualTo("1=given 2=IT 3=-");
  }

  @Test
  void aWriterNeedsNoRightOnTheOtherTable() {
    shop("");
    run("CREATE ROLE the_shop");
    run("CREATE ROLE clerk");
    run("CREATE ROLE registrar");
    run("ALTER TABLE customers OWNER TO the_shop");
    run("ALTER TABLE orders OWNER TO the_shop");
    run("GRANT INSERT, SELECT, UPDATE ON orders TO clerk");
    run("GRANT SELECT, UPDATE ON customers TO registrar");
    follow();
    run("SET LOCAL ROLE clerk");
    run("INSERT INTO orders VALUES (1, 10)");
    run("SET LOCAL ROLE registrar");
    run("UPDATE customers SET country = 'IT' WHERE id = 10");
    run("RESET ROLE");
    assertThat(orders()).isEqualTo("1=IT");
    assertThat(
            handle
                .select(
                    "SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE proname LIKE"
                        + " 'zz_lockstep%'")
                .mapTo(String.class)
                .list())
        .containsExactly("the_shop");
  }

  @Test
  void statementsThatChangeNeitherPayNoTrigger() {
    shop("");
    follow();
    run("INSERT INTO orders VALUES (1, 10)");
    for (String function : List.of("zz_lockstep_m__orders", FOLLOWER, FOLLOWER + "_lock")) {
      run(
          "CREATE OR REPLACE FUNCTION "
              + function
              + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'entered'; END $$");
    }
    run("UPDATE orders SET amount = 1");
    run("UPDATE customers SET name = 'x', country = country");
    assertThatThrownBy(() -> run("UPDATE customers SET country = 'IT'"))
        .hasMessageContaining("entered");
  }

  @Test
  void oddNamesAndNamesThatBothTablesHaveWork() {
    run("CREATE SCHEMA \"Odd Schema\"");
    TableName places = new TableName("Odd Schema", "My \"Places\"");
    TableName visits = new TableName("public", "Visits");
    String other = dialect.quote(places);
    run(
        "CREATE TABLE "
            + other
            + " (\"Code\" text, zone int, name text, \"new\" text, PRIMARY KEY (\"Code\", zone))");
    run("INSERT INTO " + other + " VALUES ('a', 1, 'Aix', 'n'), ('a', 2, 'Apt', 'n')");
    run(
        "CREATE TABLE \"Visits\" (zone int, \"Code\" text, name text, \"The Name\" varchar(20),"
            + " FOREIGN KEY (\"Code\", zone) REFERENCES "
            + other
            + ")");
    run("INSERT INTO \"Visits\" VALUES (2, 'a', 'own')");
    LookedUp lookedUp =
        new LookedUp(
            visits,
            places,
            new TreeMap<>(Map.of("Code", "Code", "zone", "zone")),
            List.of("name", "new"),
            true);
    Derived derived =
        new Derived(
            "The Name",
            "(name || ' ') || \"new\" -- both",
            List.of(new Input("Code", "Code"), new Input("zone", "zone")),
            Optional.of(lookedUp));
    dialect
        .createSynchronisation(new Synchronisation(visits, "zz_v", List.of(alone(derived))))
        .forEach(this::run);
    dialect.createFollower("zz_f", derived).forEach(this::run);
    dialect.startFollower("zz_f", derived).forEach(this::run);
    run("UPDATE \"Visits\" SET \"The Name\" = " + dialect.over(derived));
    run("INSERT INTO \"Visits\" VALUES (1, 'a')");
    run("UPDATE " + other + " SET name = 'Arles' WHERE zone = 1");
    assertThat(
            handle
                .select("SELECT \"The Name\" FROM \"Visits\" ORDER BY zone")
                .mapTo(String.class)
                .list())
        .containsExactly("Arles n", "Apt n");
    assertThatThrownBy(() -> run("UPDATE " + other + " SET name = repeat('x', 30) WHERE zone = 1"))
        .hasMessageContaining("value too long");
  }

  @Test
  void dropLeavesNothingBehindAndMayComeTwice() {
    shop("");
    follow();
    for (int time = 1; time <= 2; time++) {
      dialect
          .dropFollower(FOLLOWER, derived("country", true).lookedUp().orElseThrow())
          .forEach(this::run);
      dialect.dropSynchronisation(ORDERS, "zz_lockstep_m__orders").forEach(this::run);
    }
    assertThat(count("SELECT count(*) FROM pg_proc WHERE proname LIKE 'zz_lockstep%'")).isZero();
    assertThat(count("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'zz_lockstep%'")).isZero();
  }

  @Test
  void theOtherTablesTriggersComeBeforeTheColumnAndGoAfterIt() {
    shop("");
    Derived derived = derived("country", true);
    run("INSERT INTO orders VALUES (1, 10)");
    for (String country : List.of("IT", "ES")) {
      run("ALTER TABLE orders DROP COLUMN country");
      dialect.createFollower(FOLLOWER, derived).forEach(this::run);
      run("UPDATE customers SET country = 'NO'");
      run("ALTER TABLE orders ADD COLUMN country text");
      dialect.startFollower(FOLLOWER, derived).forEach(this::run);
      run("UPDATE customers SET country = '" + country + "' WHERE id = 10");
      assertThat(orders()).isEqualTo("1=" + country);
      dialect.stopFollower(FOLLOWER, derived).forEach(this::run);
      run("ALTER TABLE orders DROP COLUMN country");
      run("UPDATE customers SET country = 'NO'");
      dialect.dropFollower(FOLLOWER, derived.lookedUp().orElseThrow()).forEach(this::run);
      run("ALTER TABLE orders ADD COLUMN country text");
    }
  }

  @Test
  void whetherThereIsARowNeedsNoTriggerOfTheOtherTable() {
    shop("");
    LookedUp none =
        new LookedUp(
            ORDERS, CUSTOMERS, new TreeMap<>(Map.of("customer_id", "id")), List.of(), true);
    Derived known =
        new Derived(
            "country",
            "'known'::text",
            List.of(new Input("customer_id", "customer_id")),
            Optional.of(none));
    create(known);
    assertThat(dialect.createFollower(FOLLOWER, known)).isEmpty();
    assertThat(dialect.startFollower(FOLLOWER, known)).isEmpty();
    assertThat(dialect.stopFollower(FOLLOWER, known)).isEmpty();
    run("INSERT INTO orders VALUES (1, 10), (2, NULL)");
    assertThat(orders()).isEqualTo("1=known 2=-");
  }

  @Test
  void aBatchFindsTheOtherRowsByTheirKey() {
    shop("");
    run("INSERT INTO customers SELECT n, 'n', 'FR' FROM generate_series(100, 20000) n");
    run("INSERT INTO orders SELECT n, 100 + n % 10000 FROM generate_series(1, 20000) n");
    run("ANALYZE customers");
    run("ANALYZE orders");
    run("SET LOCAL enable_seqscan = off");
    run("SET LOCAL max_parallel_workers_per_gather = 0");
    String value = dialect.over(derived("country", true));
    List<String> plan =
        handle
            .select(
                "EXPLAIN UPDATE public.orders SET country = coalesce(country, "
                    + value
                    + ") WHERE orders.id > 5000 AND orders.id <= 10000 AND (country IS NULL)")
            .mapTo(String.class)
            .list();
    assertThat(plan)
        .anyMatch(line -> line.contains("Index Scan using customers_pkey on customers"))
        .anyMatch(line -> line.contains("orders_pkey"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  private void shop(String rule) {
    run("CREATE TABLE customers (id bigint PRIMARY KEY, name text, country text)");
    String foreignKey = rule.isEmpty() ? "" : " REFERENCES customers " + rule;
    run(
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint"
            + foreignKey
            + ", country text, amount int)");
    run("INSERT INTO customers VALUES (10, 'a', 'FR'), (20, 'b', 'DE')");
  }

  private void follow() {
    Derived derived = derived("country", true);
    create(derived);
    dialect.createFollower(FOLLOWER, derived).forEach(this::run);
    dialect.startFollower(FOLLOWER, derived).forEach(this::run);
  }

  private void create(Derived derived) {
    dialect
        .createSynchronisation(
            new Synchronisation(ORDERS, "zz_lockstep_m__orders", List.of(alone(derived))))
        .forEach(this::run);
  }

  private static Group alone(Derived derived) {
    return new Group(List.of(derived), List.of());
  }

  static Derived derived(String column, boolean followed) {
    LookedUp lookedUp =
        new LookedUp(
            ORDERS,
            CUSTOMERS,
            new TreeMap<>(Map.of("customer_id", "id")),
            List.of("country"),
            followed);
    return new Derived(
        column, "country", List.of(new Input("customer_id", "customer_id")), Optional.of(lookedUp));
  }

  private void run(String sql) {
    execute(handle, sql);
  }

  private long count(String query) {
    return handle.select(query).mapTo(Long.class).one();
  }

  private String orders() {
    return handle
        .select(
            "SELECT string_agg(id || '=' || coalesce(country, '-'), ' ' ORDER BY id) FROM orders")
        .mapTo(String.class)
        .one();
  }
}
