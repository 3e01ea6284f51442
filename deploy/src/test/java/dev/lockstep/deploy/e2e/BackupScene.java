package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shop with a store, a backup, a restore and a drill, as a person writes them. */
final class BackupScene {
  static final String ROWS =
      "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)) FROM orders o";

  final Server server = Server.shared();
  final String shop = server.newDatabase("template1");
  final String copy = server.newDatabase("template1");
  private final String key;
  private final Path folder;

  BackupScene(Path folder) throws IOException, InterruptedException {
    this(folder, 20_000, "");
  }

  /**
   * A shop of its own.
   *
   * @param folder for definitions and store
   * @param rows of its table
   * @param limits more fields of the backup
   */
  BackupScene(Path folder, int rows, String limits) throws IOException, InterruptedException {
    this.folder = folder;
    try (Child child = Child.lockstep(folder, Map.of(), "backups", "key")) {
      assertThat(child.exit()).as(child.output()).isZero();
      this.key = child.result().strip();
    }
    server.execute(
        shop,
        "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, amount numeric(10, 2))",
        "INSERT INTO orders SELECT g, repeat(md5(g::text), 4), g / 7.0 FROM generate_series(1, %d) g"
            .formatted(rows),
        "CREATE INDEX orders_note ON orders (note)");
    Files.writeString(
        folder.resolve("backups.yaml"),
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: DB_USER, password: DB_PASSWORD}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: copy}
        spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: DB_USER, password: DB_PASSWORD}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Store
        metadata: {name: safe}
        spec: {filesystem: {path: "%s"}, encryption: {key: {env: BACKUP_KEY}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Backup
        metadata: {name: shop-nightly}
        spec: {database: shop, store: safe, method: portable, retention: {last: 1}, objectives: {rpo: 24h}%s}
        ---
        apiVersion: lockstep.dev/v1
        kind: Restore
        metadata: {name: shop-copy}
        spec:
          from: {backup: shop-nightly, which: latestVerified}
          into: {database: copy}
          checks: [{name: has-orders, query: "select count(*) from orders", expect: "= %d"}]
        ---
        apiVersion: lockstep.dev/v1
        kind: Drill
        metadata: {name: shop-drill}
        spec:
          of: shop-nightly
          into: {database: copy}
          checks: [{name: cheap, query: "select max(amount) < 10 from orders", expect: "= true"}]
          objectives: {rto: 15m, rpo: 24h}
        """
            .formatted(server.url(shop), server.url(copy), folder.resolve("store"), limits, rows));
    Files.createDirectories(folder.resolve("store"));
  }

  /** Runs a command that ends with this status; the JSON that it printed. */
  JsonNode lockstep(int exit, String... words) throws Exception {
    try (Child child = start(words)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      assertThat(child.output()).doesNotContain(key).doesNotContain("\"postgres\"");
      return Wire.mapper().readTree(child.result());
    }
  }

  /** Starts a command. */
  Child start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json", "-f", folder.resolve("backups.yaml").toString()));
    Map<String, String> environment =
        Map.of("DB_USER", "postgres", "DB_PASSWORD", "postgres", "BACKUP_KEY", key);
    return Child.lockstep(folder, environment, all.toArray(String[]::new));
  }

  /** Takes a backup. */
  JsonNode backup() throws Exception {
    return lockstep(0, "run", "--name", "backup/shop-nightly");
  }

  /** The stored object of a part with this in its name. */
  Path object(String suffix) throws IOException {
    return stored().stream()
        .filter(file -> file.toString().contains("/data/") && file.toString().contains(suffix))
        .findFirst()
        .orElseThrow();
  }

  /** Every stored file. */
  List<Path> stored() throws IOException {
    return StoredFiles.of(folder.resolve("store"));
  }
}
