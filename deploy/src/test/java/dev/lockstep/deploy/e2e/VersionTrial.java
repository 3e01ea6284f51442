package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The command on one PostgreSQL version, with clients that must not see an error. */
final class VersionTrial {
  private final Path folder;

  /**
   * A trial.
   *
   * @param folder for the definitions
   */
  VersionTrial(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs four changes, one after the other, the last one of a partitioned table.
   *
   * @param version the major one
   */
  void changesRunUnderTraffic(int version) throws Exception {
    try (Server server = VersionServers.start(version)) {
      changesRunUnderTraffic(server);
    }
  }

  /** The same on this server. */
  void changesRunUnderTraffic(Server server) throws Exception {
    String database = server.newDatabase("template1");
    server.execute(database, Examples.schemaSql());
    try (Traffic reader = Traffic.start(server, database, "reader", VersionTrial::read);
        Traffic writer = Traffic.start(server, database, "writer", VersionTrial::write)) {
      run(server, database, fiveSteps());
      run(server, database, Examples.named("04-rename-column.yaml").text());
      run(server, database, Examples.named("05-alter-column-type.yaml").text());
      run(server, database, Examples.named("21-partitions.yaml").text());
      assertThat(reader.failures()).isEmpty();
      assertThat(writer.failures()).isEmpty();
      assertThat(reader.requests()).isPositive();
      assertThat(writer.requests()).isPositive();
    }
    assertThat(
            server.texts(
                database,
                "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
                    + " AND attrelid IN ('customers'::regclass, 'orders'::regclass)"))
        .contains("full_name", "remark", "amount")
        .doesNotContain("first_name", "last_name", "note");
  }

  /** Without its rollouts: there is no cluster here. */
  private static String fiveSteps() {
    String text = Examples.named("14-five-steps.yaml").text();
    return text.substring(0, text.indexOf("  rollouts:"))
        + text.substring(text.indexOf("  contract:"));
  }

  private void run(Server server, String database, String example)
      throws IOException, InterruptedException {
    Path file = folder.resolve("change.yaml");
    Files.writeString(file, new Requests(folder).text(example, server.url(database), "web"));
    try (Child child = Child.lockstep(folder, Map.of(), "run", file.toString())) {
      int exit = child.exit();
      assertThat(exit).as(child.output()).isZero();
    }
  }

  /** Only columns that no change touches. */
  private static String read(long request) {
    return request % 3 == 0
        ? "SELECT taken_at FROM readings WHERE id = " + (1 + request % 1000)
        : readOrder(request);
  }

  private static String readOrder(long request) {
    return "SELECT c.email, o.status FROM customers c JOIN orders o ON o.customer_id = c.id"
        + " WHERE c.id = "
        + (1 + request % 200);
  }

  /** A reading goes to another partition each time. */
  private static String write(long request) {
    return request % 3 == 0
        ? "UPDATE readings SET taken_at = date '2025-12-31' + (taken_at < '2026-01-01')::integer"
            + " WHERE id = "
            + (1 + request % 1000)
        : writeOrder(request);
  }

  private static String writeOrder(long request) {
    return request % 2 == 0
        ? "UPDATE customers SET phone = '+44 1' WHERE id = " + (1 + request % 200)
        : "UPDATE orders SET status = 'paid' WHERE id = " + (1 + request % 1000);
  }
}
