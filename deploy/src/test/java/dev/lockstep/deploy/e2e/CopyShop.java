package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.deploy.engines.WholeBackups;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;

/**
 * A shop with a backup, a restore and a drill whose secrets lie in files, so that any worker of
 * this machine can serve their runs; and what has to be true of its store at every moment.
 */
public final class CopyShop {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final Server server;
  final String shop;
  final String copy;
  final String scratch;

  /** Part of the names of its definitions. */
  public final String name = "shop-" + NUMBERS.incrementAndGet();

  private final Path folder;
  private String text;

  /**
   * Fills it.
   *
   * @param folder for definitions, secrets and store
   * @param rows of its table, about 170 bytes each
   * @param limits more fields of the backup
   */
  public CopyShop(Path folder, int rows, String limits) throws IOException, InterruptedException {
    this(folder, rows, limits, folderStore(folder.resolve("store")), Server.shared());
  }

  /**
   * With another store and server.
   *
   * @param place as it stands in the store's definition
   */
  CopyShop(Path folder, int rows, String limits, String place, Server server)
      throws IOException, InterruptedException {
    this.server = server;
    this.shop = server.newDatabase("template1");
    this.copy = server.newDatabase("template1");
    this.scratch = server.newDatabase("template1");
    this.folder = folder;
    Files.writeString(folder.resolve("word"), "postgres");
    Files.createDirectories(folder.resolve("store"));
    try (Child child = Child.lockstep(folder, Map.of(), "backups", "key")) {
      assertThat(child.exit()).as(child.output()).isZero();
      Files.writeString(folder.resolve("key"), child.result().strip());
    }
    server.execute(
        shop,
        "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, amount numeric(10, 2))",
        "INSERT INTO orders SELECT g, repeat(md5(g::text), 4), g / 7.0 FROM generate_series(1, %d) g"
            .formatted(rows),
        "CREATE INDEX orders_note ON orders (note)");
    this.text =
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: postgresql, connection: {url: "SHOP"}, credentials: {files: {username: "WORD", password: "WORD"}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: copy}
        spec: {engine: postgresql, connection: {url: "COPY"}, credentials: {files: {username: "WORD", password: "WORD"}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: scratch}
        spec: {engine: postgresql, connection: {url: "SCRATCH"}, credentials: {files: {username: "WORD", password: "WORD"}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Store
        metadata: {name: safe}
        spec: {PLACE, encryption: {key: {file: "KEY"}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Backup
        metadata: {name: NAME-backup}
        spec: {database: shop, store: safe, method: portable, retention: {last: 1}LIMITS}
        ---
        apiVersion: lockstep.dev/v1
        kind: Restore
        metadata: {name: NAME-restore}
        spec:
          from: {backup: NAME-backup, which: latestVerified}
          into: {database: copy}
          checks: [{name: has-orders, query: "select count(*) from orders", expect: "= ROWS"}]
        ---
        apiVersion: lockstep.dev/v1
        kind: Drill
        metadata: {name: NAME-drill}
        spec:
          of: NAME-backup
          into: {database: scratch}
          checks: [{name: has-orders, query: "select count(*) from orders", expect: "= ROWS"}]
          objectives: {rto: 1h, rpo: 24h}
        """
            .replace("SHOP", server.url(shop))
            .replace("COPY", server.url(copy))
            .replace("SCRATCH", server.url(scratch))
            .replace("PLACE", place)
            .replace("KEY", folder.resolve("key").toString())
            .replace("WORD", folder.resolve("word").toString())
            .replace("NAME", name)
            .replace("LIMITS", limits)
            .replace("ROWS", String.valueOf(rows));
    Files.writeString(folder.resolve("backups.yaml"), text);
  }

  /** A folder, as it stands in a store's definition. */
  static String folderStore(Path path) {
    return "filesystem: {path: \"%s\"}".formatted(path);
  }

  /**
   * Encrypts in another way from now on.
   *
   * @param fields of the store's {@code encryption}
   */
  void encryption(String fields) throws IOException {
    text =
        text.replaceFirst(
            "encryption: .*\\n", Matcher.quoteReplacement("encryption: {" + fields + "}}\n"));
    Files.writeString(folder.resolve("backups.yaml"), text);
  }

  /** Puts another key in the place of that of the store; the old one. */
  String changeKey() throws IOException, InterruptedException {
    String old = Files.readString(folder.resolve("key"));
    try (Child child = Child.lockstep(folder, Map.of(), "backups", "key")) {
      assertThat(child.exit()).as(child.output()).isZero();
      Files.writeString(folder.resolve("key"), child.result().strip());
    }
    return old;
  }

  /** The input of a run of one of its definitions, with all that it refers to. */
  public ObjectNode request(String kind) {
    Definitions definitions = definitions();
    ObjectNode request = Wire.mapper().createObjectNode();
    for (Definition definition : definitions.all()) {
      JsonNode json = DefinitionWriter.toJson(definition);
      if (definition.name().equals(name + "-" + kind)) {
        request.set("definition", json);
      } else if (definition instanceof Database) {
        request.withArray("/databases").add(json);
      } else if (definition instanceof Store) {
        request.withArray("/stores").add(json);
      } else if (definition instanceof Backup) {
        request.withArray("/backups").add(json);
      }
    }
    return request;
  }

  private Definitions definitions() {
    return Definitions.load(List.of(Source.ofText("backups.yaml", text)));
  }

  /** Runs a command on the embedded engine that ends with this status; the JSON that it printed. */
  public JsonNode lockstep(int exit, String... words) throws Exception {
    try (Child child = start(words)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      return Wire.mapper().readTree(child.result());
    }
  }

  /** Starts a command on the embedded engine. */
  Child start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json", "-f", folder.resolve("backups.yaml").toString()));
    return Child.lockstep(folder, Map.of(), all.toArray(String[]::new));
  }

  /** Takes a backup on the embedded engine. */
  public void backup() throws Exception {
    lockstep(0, "run", "--name", "backup/" + name + "-backup");
  }

  /** A backup that fails; what the command printed. */
  JsonNode failedBackup() throws Exception {
    try (Child child = start("run", "--name", "backup/" + name + "-backup")) {
      assertThat(child.exit()).as(child.output()).isIn(1, 3);
      return Wire.mapper().readTree(child.result());
    }
  }

  /**
   * Whatever is listed as a backup is one: each is opened and every byte of it read.
   *
   * @return their ids
   */
  public List<String> wholeBackups() throws IOException {
    return WholeBackups.in(definitions().findStore("safe").orElseThrow(), name + "-backup");
  }

  /** Lets an hour pass for all that is in the store, so that what is dead counts as dead. */
  public void age() throws IOException {
    for (Path file : stored()) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
  }

  /** Only whole backups, marks and records of runs are in the store: no upload, no leftover. */
  public void onlyWholeBackupsAreStored() throws IOException {
    List<String> whole = wholeBackups();
    assertThat(stored())
        .as("nothing is left of what was not finished")
        .allMatch(file -> isKnown(folder.resolve("store").relativize(file).toString(), whole));
  }

  private boolean isKnown(String key, List<String> whole) {
    return key.startsWith("runs/")
        || key.startsWith("drills/")
        || whole.stream()
            .anyMatch(id -> key.matches(name + "-backup/" + id + "/(data/[^.].*|[a-z]+\\.json)"));
  }

  /** Every stored file. */
  public List<Path> stored() throws IOException {
    return StoredFiles.of(folder.resolve("store"));
  }

  /** The copy has every row, and nothing of Lockstep's own mark. */
  public void copyIsWhole() {
    assertThat(server.text(copy, BackupScene.ROWS)).isEqualTo(server.text(shop, BackupScene.ROWS));
    assertThat(server.text(copy, "SELECT count(*) FROM pg_indexes WHERE indexname = 'orders_note'"))
        .isEqualTo("1");
    assertThat(marks(copy)).isEmpty();
  }

  /** Nothing is in the database of the drill. */
  public void scratchIsEmpty() {
    assertThat(server.texts(scratch, "SELECT relname FROM pg_class WHERE relname ~ '^orders'"))
        .isEmpty();
    assertThat(marks(scratch)).isEmpty();
  }

  private List<String> marks(String database) {
    return server.texts(
        database, "SELECT nspname FROM pg_namespace WHERE nspname = 'lockstep_restore'");
  }
}
