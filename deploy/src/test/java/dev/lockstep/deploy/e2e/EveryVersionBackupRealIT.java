package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.wire.Wire;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on every supported PostgreSQL, with the programs that it finds for each. */
final class EveryVersionBackupRealIT {
  private static final String ROWS =
      "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)) FROM orders o";
  private static final String WRITTEN =
      "SELECT count(*) || ' ' || sum(hashtextextended(w::text, 0)) FROM written w WHERE id <= ";

  @TempDir private Path folder = Path.of("");
  private String key = "";

  @ParameterizedTest
  @ValueSource(ints = {13, 14, 15, 16, 17, 18})
  void aBackupUnderWritesComesBackAfterItsDatabaseIsGone(int version) throws Exception {
    Testbed testbed = Testbed.read();
    assumeTrue(testbed.has("LOCKSTEP_TESTBED_PGCLIENT_18"), "no client programs of PostgreSQL 18");
    String path =
        testbed.value("LOCKSTEP_TESTBED_PGCLIENT_18", "pgclient")
            + File.pathSeparator
            + System.getenv("PATH");
    try (Server server = VersionServers.start(version);
        Child made = Child.lockstep(folder, Map.of(), "backups", "key")) {
      assertThat(made.exit()).as(made.output()).isZero();
      key = made.result().strip();
      String shop = server.newDatabase("template0");
      server.execute(
          shop,
          "CREATE TABLE orders (id bigint PRIMARY KEY, note text, amount numeric(10, 2))",
          "INSERT INTO orders SELECT g, md5(g::text), g / 7.0 FROM generate_series(1, 20000) g",
          "CREATE TABLE written (id bigserial PRIMARY KEY, note text)");
      String copy = server.newDatabase("template0");
      Path file = define(server.url(shop), server.url(copy));
      try (Traffic writer =
          Traffic.start(
              server, shop, "writer", n -> "INSERT INTO written (note) VALUES ('n" + n + "')")) {
        JsonNode backup = lockstep(path, "run", "--name", "backup/shop-nightly", "-f", file);
        assertThat(backup.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(writer.failures()).isEmpty();
      }
      JsonNode shown = lockstep(path, "backups", "show", "-f", file);
      long written = shown.at("/manifest/facts/rows/public.written").asLong();
      assertThat(written).as(shown.toString()).isPositive();
      assertThat(shown.at("/manifest/facts/serverVersion").asText()).startsWith(version + ".");
      String rows = server.text(shop, ROWS);
      String upTo = server.text(shop, WRITTEN + written);
      String sentinel =
          server.text(shop, "SELECT string_agg(s::text, '|') FROM lockstep.sentinel s");
      server.execute("postgres", "DROP DATABASE " + shop + " WITH (FORCE)");

      JsonNode restored = lockstep(path, "restore", "-f", file);

      assertThat(restored.path("state").asText()).isEqualTo("SUCCEEDED");
      assertThat(server.text(copy, ROWS)).isEqualTo(rows);
      assertThat(server.text(copy, WRITTEN + Long.MAX_VALUE)).isEqualTo(upTo);
      assertThat(server.text(copy, "SELECT string_agg(s::text, '|') FROM lockstep.sentinel s"))
          .isEqualTo(sentinel);
    }
  }

  private Path define(String shop, String copy) throws Exception {
    Path store = Files.createDirectories(folder.resolve("store"));
    return Files.writeString(
        folder.resolve("shop.yaml"),
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
        spec: {database: shop, store: safe, method: dump}
        ---
        apiVersion: lockstep.dev/v1
        kind: Restore
        metadata: {name: shop-copy}
        spec:
          from: {backup: shop-nightly, which: latestVerified}
          into: {database: copy}
          checks: [{name: has-orders, query: "select count(*) from orders", expect: "= 20000"}]
        """
            .formatted(shop, copy, store));
  }

  private JsonNode lockstep(String path, Object... words) throws Exception {
    List<String> all = new ArrayList<>();
    for (Object word : words) {
      all.add(word.toString());
    }
    all.addAll(List.of("--output", "json"));
    Map<String, String> environment =
        Map.of("DB_USER", "postgres", "DB_PASSWORD", "postgres", "BACKUP_KEY", key, "PATH", path);
    try (Child child = Child.lockstep(folder, environment, all.toArray(String[]::new))) {
      int status = child.exit();
      assertThat(status).as(all + ": " + child.output()).isZero();
      return Wire.mapper().readTree(child.result());
    }
  }
}
