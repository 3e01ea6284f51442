package dev.lockstep.deploy.cluster;

/** Definitions of changes to the lab's database. */
final class Definition {
  private static final String DATABASE =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec:
        engine: postgresql
        connection: {service: {namespace: shop, name: postgres, port: 5432}, database: shop}
        credentials: {secret: {namespace: shop, name: shop-db}}
        workloads:
          - {kind: Deployment, namespace: shop, name: web}
      ---
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: %s}
      spec:
        database: shop
      """;

  private static final String ROLLOUTS =
      """
        rollouts:
          - after: expand
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "localhost/lockstep-web:2"}}
          - after: verify
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "localhost/lockstep-web:3"}}
        contract: {revertWindow: 3s, oldClients: {applicationName: "shop-web/1%"}}
      """;

  private static final String FULL_NAME =
      """
        changes:
          - addColumn:
              table: customers
              column: {name: full_name, type: text, nullable: false}
              up: "first_name || ' ' || last_name"
          - dropColumn: {table: customers, column: first_name, down: "split_part(full_name, ' ', 1)"}
          - dropColumn: {table: customers, column: last_name, down: "split_part(full_name, ' ', 2)"}
      """;

  private Definition() {}

  /** The change in five steps, with both rollouts: two columns of customers become one. */
  static String fullName(String name) {
    return DATABASE.formatted(name) + FULL_NAME + ROLLOUTS + limits("batchDuration: 50ms");
  }

  /** A column of accounts gets another name, with both rollouts. */
  static String rename(String name) {
    return DATABASE.formatted(name)
        + """
          changes:
            - renameColumn: {table: accounts, from: nick, to: handle}
        """
        + ROLLOUTS
        + limits("batchDuration: 50ms");
  }

  /**
   * Every customer gets a random token: a row that is filled twice shows another one.
   *
   * @param rowsPerSecond slow enough to be in the middle of it for a while
   */
  static String token(String name, long rowsPerSecond) {
    return DATABASE.formatted(name)
        + """
          changes:
            - addColumn: {table: customers, column: {name: token, type: uuid}, up: gen_random_uuid()}
        """
        + limits(
            "parallelism: 1, batchDuration: 20ms, maxRowsPerSecond: %d/s".formatted(rowsPerSecond));
  }

  private static String limits(String limits) {
    return "  limits: {lockTimeout: 500ms, " + limits + "}\n";
  }
}
