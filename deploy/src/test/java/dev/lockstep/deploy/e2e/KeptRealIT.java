package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's way to what a migration with a restore point has dropped, long after its window. */
final class KeptRealIT {
  private static final String NAMES =
      "SELECT md5(string_agg(id || ' ' || first_name || ' ' || last_name, ',' ORDER BY id)) FROM ";
  private static final String COUPONS =
      "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM coupons c";

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String shop = server.newDatabase("template1");

  @BeforeEach
  void write() throws IOException, InterruptedException {
    // What a portable backup does not carry.
    server.execute(shop, Examples.schemaSql(), "DROP TABLE readings");
    Path keyset = folder.resolve("keyset.json");
    try (Child child = Child.lockstep(folder, Map.of(), "backups", "key")) {
      assertThat(child.exit()).as(child.output()).isZero();
      Files.writeString(keyset, child.result());
    }
    Path store = Files.createDirectories(folder.resolve("store"));
    Files.writeString(
        folder.resolve("shop.yaml"),
        Examples.named("31-restore-point.yaml")
            .text()
            .replace("jdbc:postgresql://localhost:5432/shop", server.url(shop))
            .replace("/var/backups/lockstep", store.toString())
            .replace("/etc/lockstep/keyset.json", keyset.toString()));
  }

  @Test
  void whatWasDroppedComesBackWithEveryValue() throws Exception {
    server.execute(shop, "CREATE TABLE before AS SELECT * FROM customers");
    String coupons = server.text(shop, COUPONS);
    JsonNode run = lockstep(0, "run", "--name", "customer-full-name");
    assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(server.text(shop, "SELECT to_regclass('coupons')::text")).isEqualTo("null");

    JsonNode list = lockstep(0, "backups", "list", "--restore-points").path("restorePoints");
    assertThat(list).hasSize(2).allMatch(row -> row.path("verified").asBoolean());
    assertThat(list.path(0).path("kept").path("run").asText()).isEqualTo("customer-full-name/1");
    assertThat(list.path(0).path("kept").path("columns")).hasSize(2);
    assertThat(list.path(0).path("rows").asLong()).isEqualTo(200);
    assertThat(lockstep(0, "backups", "list").path("backups")).hasSize(1);
    assertThat(lockstep(0, "backups", "prune").path("restorePoints")).isEmpty();

    assertThat(refused(2, "restore", "--restore-point", "customer-full-name/7"))
        .contains("keeps nothing of customer-full-name/7; there is: customer-full-name/1");

    // Rows that went and came meanwhile. Orders refer to some of the others.
    server.execute(
        shop,
        "DELETE FROM orders WHERE customer_id = 7",
        "DELETE FROM customers WHERE id = 7",
        "INSERT INTO customers (full_name) VALUES ('Ada Lovelace')");
    JsonNode back = lockstep(0, "restore", "--restore-point", "customer-full-name").path("tables");
    assertThat(back.path(0).path("kept").asLong()).isEqualTo(200);
    assertThat(back.path(0).path("matched").asLong()).isEqualTo(199);
    assertThat(back.path(0).path("gone").asLong()).isEqualTo(1);
    assertThat(back.path(0).path("fresh").asLong()).isEqualTo(1);
    assertThat(server.text(shop, NAMES + "customers WHERE first_name IS NOT NULL"))
        .isEqualTo(server.text(shop, NAMES + "before WHERE id <> 7"));
    assertThat(server.text(shop, COUPONS)).isEqualTo(coupons);

    assertThat(refused(3, "restore", "--restore-point", "customer-full-name"))
        .contains("is there already: nothing was changed");
    lockstep(
        0,
        "restore",
        "--restore-point",
        "customer-full-name/1",
        "--table",
        "customers",
        "--into",
        "old_names");
    assertThat(server.text(shop, NAMES + "old_names"))
        .isEqualTo(server.text(shop, NAMES + "before"));
  }

  @Test
  void aFlippedBitIsFoundBeforeAnythingIsTouched() throws Exception {
    lockstep(0, "run", "--name", "customer-full-name");
    for (Path object : stored("rows.copy")) {
      byte[] bytes = Files.readAllBytes(object);
      bytes[bytes.length / 2] ^= 4;
      Files.write(object, bytes);
    }

    assertThat(refused(3, "restore", "--restore-point", "customer-full-name")).contains("damaged");
    assertThat(server.text(shop, "SELECT to_regclass('coupons')::text")).isEqualTo("null");
    assertThat(server.text(shop, "SELECT to_regclass('customers_kept')::text")).isEqualTo("null");
  }

  private JsonNode lockstep(int exit, String... words) throws Exception {
    try (Child child = start(words)) {
      assertThat(child.exit()).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      return Wire.mapper().readTree(child.result());
    }
  }

  /** Everything that a command says that ends with this status. */
  private String refused(int exit, String... words) throws Exception {
    try (Child child = start(words)) {
      assertThat(child.exit()).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      return child.output();
    }
  }

  private Child start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json", "-f", folder.resolve("shop.yaml").toString()));
    return Child.lockstep(
        folder,
        Map.of("SHOP_USER", "postgres", "SHOP_PASSWORD", "postgres"),
        all.toArray(String[]::new));
  }

  private List<Path> stored(String part) throws IOException {
    return StoredFiles.of(folder.resolve("store")).stream()
        .filter(file -> file.toString().contains("_kept") && file.toString().contains(part))
        .toList();
  }
}
