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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of its own with a table, and a physical backup of it in an encrypted store. */
final class PhysicalScene implements AutoCloseable {
  static final String SLOT = "SELECT slot_name FROM pg_replication_slots";

  private static final String COPIES =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: DB_USER, password: DB_PASSWORD}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: safe}
      spec: {filesystem: {path: "%s"}, encryption: {key: {env: BACKUP_KEY}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: shop-wal}
      spec: {database: shop, store: safe, method: dump, dump: {format: physical, scope: server}%s}
      """;

  final OwnPostgres own;
  final Server server;
  private final Path room;
  private final Path store;
  private final String key;
  private String limits = "";

  PhysicalScene() throws IOException, InterruptedException {
    this.room = OwnPostgres.room();
    this.store = Files.createDirectory(room.resolve("store"));
    this.own = OwnPostgres.make(room.resolve("source"));
    this.server = own.said();
    try (Child child = Child.lockstep(room, Map.of(), "backups", "key")) {
      assertThat(child.exit()).as(child.output()).isZero();
      this.key = child.result().strip();
    }
    server.execute("postgres", "CREATE DATABASE shop");
    server.execute("shop", documentedRights());
    server.execute("shop", "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL)");
  }

  /** The role that backs up has the rights that the documentation names, and no others. */
  private static String[] documentedRights() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "backup-postgresql.md"));
    String block = page.substring(page.indexOf("## Rights for physical backups"));
    Matcher sql = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(block);
    assertThat(sql.find()).isTrue();
    return sql.group(1).split(";\n");
  }

  /** More fields of the backup, from now on. */
  void limit(String fields) {
    limits = fields;
  }

  /** Commits rows with these numbers, a transaction each, with what fills some log. */
  void orders(int from, int to) {
    for (int id = from; id <= to; id++) {
      server.execute(
          "shop", "INSERT INTO orders VALUES (%d, repeat(md5('%d'), 20))".formatted(id, id));
    }
  }

  /** The moment by the clock of the server. */
  String now() {
    return server.text(
        "postgres",
        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
  }

  JsonNode backup() throws Exception {
    return lockstep(0, "", "run", "--name", "backup/shop-wal");
  }

  Child startBackup() throws IOException {
    return start("", "run", "--name", "backup/shop-wal");
  }

  JsonNode list() throws Exception {
    return lockstep(0, "", "backups", "list");
  }

  /** What the newest backup says of itself. */
  JsonNode newest() throws Exception {
    return lockstep(0, "", "backups", "show").path("manifest").path("facts").path("link");
  }

  /** A restore into a new folder; the end of the log where {@code at} is empty. */
  JsonNode restore(int exit, Path into, String at) throws Exception {
    return lockstep(exit, restoreOf(into, at), "restore");
  }

  Child startRestore(Path into) throws IOException {
    return start(restoreOf(into, ""), "restore");
  }

  private static String restoreOf(Path into, String at) {
    String which = at.isEmpty() ? "latest" : "{at: \"" + at + "\"}";
    return """
    ---
    apiVersion: lockstep.dev/v1
    kind: Restore
    metadata: {name: shop-then}
    spec:
      from: {backup: shop-wal, which: %s}
      into: {directory: {path: "%s"}}
      checks: [{name: has-orders, query: "select count(*) from orders", expect: "> 0"}]
    """
        .formatted(which, into);
  }

  JsonNode drill(Path into) throws Exception {
    return lockstep(
        0,
        """
        ---
        apiVersion: lockstep.dev/v1
        kind: Drill
        metadata: {name: shop-drill}
        spec:
          of: shop-wal
          into: {directory: {path: "%s"}}
          checks: [{name: has-orders, query: "select count(*) from orders", expect: "> 0"}]
          objectives: {rto: 15m, rpo: 24h}
        """
            .formatted(into),
        "drill");
  }

  /** Numbers of the orders in a restored folder, which starts as it was left. */
  List<String> orders(Path restored) throws IOException {
    try (OwnPostgres again = own.at(restored)) {
      return again.said().texts("shop", "SELECT id FROM orders ORDER BY id");
    }
  }

  static List<String> numbers(int to) {
    return Stream.iterate(1, n -> n + 1).limit(to).map(String::valueOf).toList();
  }

  Path folder(String name) {
    return own.beside(name);
  }

  /** Stored objects of the log, or of the base. */
  List<Path> objects(String part) throws IOException {
    return StoredFiles.of(store).stream()
        .filter(file -> file.toString().contains("/data/" + part))
        .sorted()
        .toList();
  }

  JsonNode lockstep(int exit, String more, String... words) throws Exception {
    try (Child child = start(more, words)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      assertThat(child.output()).doesNotContain(key);
      return child.result().isBlank()
          ? Wire.mapper().createObjectNode().put("said", child.output())
          : Wire.mapper().readTree(child.result());
    }
  }

  private Child start(String more, String... words) throws IOException {
    Path file = Files.createTempFile(room, "copies", ".yaml");
    Files.writeString(file, COPIES.formatted(own.url(), store, limits) + more);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json", "-f", file.toString()));
    Map<String, String> environment =
        Map.of("DB_USER", "shop_wal", "DB_PASSWORD", "shop_wal", "BACKUP_KEY", key);
    return Child.lockstep(room, environment, all.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    own.close();
    OwnPostgres.remove(room);
  }
}
