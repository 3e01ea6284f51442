package dev.lockstep.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A table of customers and a change in five steps that gives each a random token: a row that is
 * evaluated twice shows another one.
 */
public final class TokenShop {
  /** Customers. */
  public static final int ROWS = 20_000;

  /** Two rollouts of the workload, as YAML in the spec. */
  public static final String ROLLOUTS =
      """
        rollouts:
          - after: expand
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:2"}}
          - after: verify
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:3"}}
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Where its database is. */
  public final Server server = Server.shared();

  /** Its name. */
  public final String database = server.newDatabase("template1");

  private final Map<String, String> tokens = new HashMap<>();

  /** Makes it in a new database. */
  public TokenShop() {
    server.execute(
        database,
        "CREATE TABLE customers (id bigint PRIMARY KEY, first_name text NOT NULL,"
            + " last_name text NOT NULL)",
        "INSERT INTO customers SELECT n, 'First' || n, 'Last' || n FROM generate_series(1, "
            + ROWS
            + ") AS n");
  }

  /**
   * The definition.
   *
   * @param rollouts as YAML in the spec; may be empty
   */
  public String definition(Path folder, long rowsPerSecond, String rollouts) throws IOException {
    Files.writeString(folder.resolve("username"), "postgres");
    Files.writeString(folder.resolve("password"), "postgres");
    return """
    apiVersion: lockstep.dev/v1
    kind: Database
    metadata: {name: shop}
    spec:
      engine: postgresql
      connection: {url: "%s"}
      credentials: {files: {username: "%s", password: "%s"}}
      workloads:
        - {kind: Deployment, namespace: shop, name: web}
    ---
    apiVersion: lockstep.dev/v1
    kind: Migration
    metadata: {name: customer-token}
    spec:
      database: shop
      changes:
        - addColumn:
            table: customers
            column: {name: full_name, type: text, nullable: false}
            up: "first_name || ' ' || last_name"
        - addColumn: {table: customers, column: {name: token, type: uuid}, up: gen_random_uuid()}
        - dropColumn: {table: customers, column: first_name, down: "split_part(full_name, ' ', 1)"}
        - dropColumn: {table: customers, column: last_name, down: "split_part(full_name, ' ', 2)"}
      contract: {revertWindow: 1s}
      limits: {maxRowsPerSecond: %d/s, parallelism: 1, batchDuration: 20ms}
    %s\
    """
        .formatted(
            server.url(database),
            folder.resolve("username"),
            folder.resolve("password"),
            rowsPerSecond,
            rollouts);
  }

  /** Reads the tokens that are committed; returns how many of those seen before are others now. */
  public long changedTokens() {
    if (!hasTokens()) {
      return 0;
    }
    long changed = 0;
    for (String pair :
        server.texts(
            database, "SELECT id || ' ' || token FROM customers WHERE token IS NOT NULL")) {
      List<String> parts = List.of(pair.split(" "));
      String before = tokens.putIfAbsent(parts.get(0), parts.get(1));
      changed += before == null || before.equals(parts.get(1)) ? 0 : 1;
    }
    return changed;
  }

  /** How many rows were ever seen with a token. */
  public int seenTokens() {
    return tokens.size();
  }

  private boolean hasTokens() {
    return server.number(
            database,
            "SELECT count(*) FROM pg_attribute WHERE attrelid = 'customers'::regclass"
                + " AND attname = 'token' AND NOT attisdropped")
        > 0;
  }

  /** Waits until the backfill has begun and is far from its end. */
  public void awaitMiddleOfBackfill() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> filled() > ROWS / 5);
  }

  /** Rows that the backfill has committed. */
  public long filled() {
    return server.number(database, "SELECT count(to_regclass('lockstep.ranges'))") == 0
        ? 0
        : server.number(database, "SELECT coalesce(sum(rows), 0) FROM lockstep.ranges");
  }

  /** Waits until no session of a killed worker is left. */
  public void awaitNoLockstep() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                server.number(
                        database,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name LIKE 'lockstep%'")
                    == 0);
  }
}
