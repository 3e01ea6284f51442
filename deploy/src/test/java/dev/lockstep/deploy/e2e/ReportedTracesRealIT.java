package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of runs whose engine is gone: from the ledger of the database and from the store. */
final class ReportedTracesRealIT {
  private static final Map<String, String> LOGIN =
      Map.of("DB_USER", "postgres", "DB_PASSWORD", "postgres");

  @TempDir private Path folder = Path.of("");

  @Test
  void aMigrationIsToldFromItsLedger() throws Exception {
    Server server = Server.shared();
    String shop = server.newDatabase("template1");
    server.execute(
        shop,
        "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO customers SELECT g, 'n' || g FROM generate_series(1, 5000) g");
    Path file = folder.resolve("change.yaml");
    Files.writeString(
        file,
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: DB_USER, password: DB_PASSWORD}}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: upper-name}
        spec:
          database: shop
          changes: [{addColumn: {table: customers, column: {name: upper_name, type: text}, up: "upper(name)"}}]
        """
            .formatted(server.url(shop)));
    JsonNode before = lockstep(2, "report", file.toString());
    assertThat(before.path("messages").toString()).contains("has left a trace yet");
    lockstep(0, "run", file.toString());

    JsonNode report = lockstep(0, "report", file.toString());

    assertThat(report.path("run").path("source").textValue()).isEqualTo("LEDGER");
    assertThat(report.path("run").path("state").textValue()).isEqualTo("SUCCEEDED");
    assertThat(report.path("run").path("key").textValue()).isEqualTo("upper-name/1");
    assertThat(report.path("course").path("steps").findValuesAsText("state"))
        .isNotEmpty()
        .containsOnly("DONE");
    assertThat(report.path("course").path("figures").path("rows").longValue())
        .isGreaterThanOrEqualTo(5000);
    assertThat(report.path("copies").path("runs")).hasSize(1);
  }

  @Test
  void aBackupAndAFailedDrillAreToldFromTheStore() throws Exception {
    BackupScene scene = new BackupScene(folder, 2_000, "");
    scene.backup();
    scene.lockstep(1, "run", "--name", "drill/shop-drill");

    JsonNode backup = scene.lockstep(0, "report", "--name", "backup/shop-nightly");
    JsonNode drill = scene.lockstep(0, "report", "--name", "drill/shop-drill");

    assertThat(backup.path("copies").path("backup").path("objects").intValue()).isPositive();
    assertThat(backup.path("copies").path("backup").path("verifications")).isNotEmpty();
    assertThat(backup.path("copies").path("runs")).hasSize(1);
    assertThat(drill.path("copies").path("drill").path("verdict").textValue()).isEqualTo("failed");
    assertThat(drill.path("course").path("faults").path(0).path("code").textValue())
        .isEqualTo("ANSWER_UNEXPECTED");
    assertThat(drill.path("course").path("steps")).isNotEmpty();
  }

  private JsonNode lockstep(int exit, String... words) throws Exception {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--output";
    all[words.length + 1] = "json";
    try (Child child = Child.lockstep(folder, LOGIN, all)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", all) + ": " + child.output()).isEqualTo(exit);
      return Wire.mapper().readTree(child.result());
    }
  }
}
