package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that follows another table, while clients change both. */
final class LookupRealIT {
  private static final String WRONG =
      "SELECT count(*) FROM orders JOIN customers ON customers.id = orders.customer_id"
          + " WHERE orders.country IS DISTINCT FROM customers.country";

  private static final String DEFINITION =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: orders-country}
      spec:
        database: shop
        changes:
          - addColumn:
              table: orders
              column: {name: country, type: text%s}
              lookup: {from: customers, match: {customer_id: id}, value: country}
        contract: {approval: required}
        limits: {maxRowsPerSecond: 20000/s}
      """;

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");
  private Stage stage;
  private Requests requests;

  @BeforeEach
  void setUp() throws Exception {
    stage = new Stage(folder);
    requests = new Requests(folder);
    server.execute(
        database,
        "CREATE TABLE customers (id bigint PRIMARY KEY, name text, country text)",
        "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " customer_id bigint REFERENCES customers, amount int)",
        "CREATE INDEX ON orders (customer_id)",
        "INSERT INTO customers SELECT n, 'n' || n, 'FR' FROM generate_series(1, 2000) AS n",
        "INSERT INTO orders (customer_id, amount) SELECT 1 + n % 2000, n"
            + " FROM generate_series(1, 60000) AS n",
        "ANALYZE");
  }

  @AfterEach
  void tearDown() {
    stage.close();
  }

  @Test
  void rowsAreEqualAtTheGateAndNoClientFails() throws Exception {
    try (Traffic seller = traffic("seller", n -> insert(n % 40 + 1));
        Traffic other = traffic("other", n -> insert(n % 30 + 1));
        Traffic mover =
            traffic(
                "mover",
                n ->
                    "UPDATE orders SET customer_id = %d WHERE id = %d"
                        .formatted(n * 7 % 40 + 1, n * 131 % 60_000 + 1));
        Traffic registrar =
            traffic(
                "registrar",
                n ->
                    "UPDATE customers SET country = %s WHERE id = %d"
                        .formatted(n % 5 == 0 ? "NULL" : "'C" + n + "'", n % 50 + 1))) {
      String id = database + "/follows";
      WorkflowStub run = start(id, "");
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () ->
                  run.query("status", RunStatus.class).decisions().toString().contains("approve"));
      long from = registrar.requests();
      while (registrar.requests() < from + 200) {
        assertThat(server.number(database, WRONG)).isZero();
      }
      RunOutcome outcome = new Follower(stage, run, id).outcome();

      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.figures().getOrDefault("mismatches", 0L)).isZero();
      assertThat(
              Stream.of(seller, other, mover, registrar)
                  .map(Traffic::failures)
                  .flatMap(List::stream))
          .isEmpty();
    }
    assertThat(
            server.number(
                database, "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'zz_lockstep%'"))
        .isZero();
  }

  @Test
  void aRowWithoutValueIsNamedAndEverythingIsTakenBack() {
    server.execute(database, "UPDATE customers SET country = NULL WHERE id = 2");
    server.execute(database, "DELETE FROM orders WHERE customer_id = 2 AND id > 2000");
    Picture before = Picture.of(server, database);
    String id = database + "/null";
    RunOutcome outcome = new Follower(stage, start(id, ", nullable: false"), id).outcome();

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(outcome.message())
        .contains("1 of 59971 rows of orders differ in country = country of customers, never NULL")
        .contains("id = 1");
    assertThat(Picture.of(server, database)).isEqualTo(before);
  }

  private WorkflowStub start(String id, String nullable) {
    String text = requests.text(DEFINITION.formatted(nullable), server.url(database), "none");
    return stage.start(id, Requests.of(text));
  }

  private Traffic traffic(String name, Traffic.Statements statements) {
    return Traffic.start(server, database, name, statements);
  }

  private static String insert(long customer) {
    return "INSERT INTO orders (customer_id, amount) VALUES (" + customer + ", 1)";
  }
}
