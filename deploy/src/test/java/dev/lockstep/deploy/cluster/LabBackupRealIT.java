package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server of a StatefulSet with two replicas, dumped by pg_dumpall inside its pod into an
 * S3 bucket while its clients stand still, restored into a new StatefulSet; the Service is switched
 * to it and back.
 */
final class LabBackupRealIT {
  @RegisterExtension static final LabExtension LAB = new LabExtension();

  private static final int ROWS = 50_000;
  private static final String CHECKSUM =
      "SELECT count(*) || ' ' || sum(hashtextextended(c::text, 0)) FROM customers c";

  private static final String DEFINITIONS =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: shop-server}
      spec:
        database: shop
        store: safe
        method: dump
        dump: {through: exec, format: plain, scope: server, pod: {namespace: shop, statefulSet: postgres}}
        quiesce:
          scale: [{kind: Deployment, namespace: shop, name: web}]
          exec:
            pod: {namespace: shop, statefulSet: postgres}
            freeze: [psql, -h, /tmp, -U, postgres, -c, ALTER SYSTEM SET default_transaction_read_only = on, -c, SELECT pg_reload_conf()]
            thaw: [psql, -h, /tmp, -U, postgres, -c, ALTER SYSTEM RESET default_transaction_read_only, -c, SELECT pg_reload_conf()]
      ---
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: shop-new}
      spec:
        from: {backup: shop-server}
        into: {statefulSet: {namespace: shop, name: postgres-new, like: postgres}}
        checks: [{name: all-rows, query: "select count(*) from customers", expect: "= %d"}]
        switch: {service: {namespace: shop, name: postgres}, keepOld: 1h}
      """
          .formatted(ROWS);

  @TempDir private Path folder = Path.of("");

  @Test
  void aServerIsRestoredIntoANewStatefulSetAndTheSwitchIsTakenBack() throws Exception {
    LAB.database().loadCustomers(ROWS);
    String before = LAB.database().texts(CHECKSUM).get(0);
    LabCopies copies = LabCopies.prepare(LAB, folder);
    Path file = Files.writeString(folder.resolve("backups.yaml"), LabCopies.SOURCE + DEFINITIONS);

    LAB.lab().deployFirstVersion();

    try (Replicas web = new Replicas(LAB.lab(), "web")) {
      JsonNode backup = copies.lockstep(0, "run", file.toString(), "--name", "backup/shop-server");
      assertThat(backup.path("state").asText()).isEqualTo("SUCCEEDED");
      stoodStillMeanwhile(web);
    }

    try (Child restore = copies.start("restore", file.toString())) {
      awaitStep(copies, "contract/keep");
      assertThat(LabCopies.text(LAB.lab().pod("postgres-new-0"), CHECKSUM)).isEqualTo(before);
      assertThat(selector()).containsEntry("lockstep.dev/instance", "postgres-new");

      copies.lockstep(0, "abort", "restore/shop-new");

      assertThat(restore.exit()).as(restore.output()).isEqualTo(1);
    }
    assertThat(selector())
        .containsEntry("app", "postgres")
        .doesNotContainKey("lockstep.dev/instance");
    assertThat(
            LAB.lab()
                .client()
                .apps()
                .statefulSets()
                .inNamespace(Lab.NAMESPACE)
                .withName("postgres-new")
                .get())
        .isNull();
    assertThat(LAB.database().texts(CHECKSUM)).containsExactly(before);
  }

  private static void stoodStillMeanwhile(Replicas web) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(web.marks()).hasSize(3));
    assertThat(web.marks()).startsWith("").endsWith("");
    assertThat(web.marks().get(1)).contains("shop-server");
    int before = web.wanted().get(0);
    assertThat(before).isPositive();
    assertThat(web.wanted()).containsExactly(before, 0, before);
    LAB.lab().awaitRolledOut("web");
    assertThat(LAB.database().texts("SHOW default_transaction_read_only")).containsExactly("off");
  }

  private static void awaitStep(LabCopies copies, String step) {
    Awaitility.await(step)
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> currentStep(copies).equals(step));
  }

  /** Empty until the run is there, which begins in a process of its own. */
  private static String currentStep(LabCopies copies) throws Exception {
    try (Child child = copies.start("status", "restore/shop-new")) {
      int status = child.exit();
      assertThat(status).as(child.output()).isIn(0, 2);
      return status == 0 ? Wire.mapper().readTree(child.result()).path("step").asText() : "";
    }
  }

  private Map<String, String> selector() {
    return LAB.lab()
        .client()
        .services()
        .inNamespace(Lab.NAMESPACE)
        .withName("postgres")
        .get()
        .getSpec()
        .getSelector();
  }
}
