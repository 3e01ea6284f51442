package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.wire.Wire;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill in a namespace of its own, whose workers die by SIGKILL while the namespace is made and
 * again while the backup is loaded.
 */
final class LabDrillRealIT {
  @RegisterExtension static final LabExtension LAB = new LabExtension();

  private static final int ROWS = 400_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String DEFINITIONS =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: shop-dump}
      spec:
        database: shop
        store: safe
        method: dump
        dump: {through: exec, pod: {namespace: shop, statefulSet: postgres}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Drill
      metadata: {name: shop-drill}
      spec:
        of: shop-dump
        into: {scratch: {namespace: shop, like: postgres, ttl: 1h}}
        checks: [{name: all-rows, query: "select count(*) from customers", expect: "= %d"}]
        objectives: {rto: 1h, rpo: 1h}
      """
          .formatted(ROWS);

  @TempDir private Path folder = Path.of("");

  @Test
  void itGoesOnAndLeavesNoNamespace() throws Exception {
    LAB.database().loadCustomers(ROWS);
    LabCopies copies = LabCopies.prepare(LAB, folder);
    Path file = Files.writeString(folder.resolve("drill.yaml"), LabCopies.SOURCE + DEFINITIONS);
    copies.lockstep(0, "run", file.toString(), "--name", "backup/shop-dump");
    assertThat(namespaces()).isEmpty();

    try (Child drill = copies.start("drill", file.toString())) {
      drill.await(PATIENCE, () -> !namespaces().isEmpty());
      killWorkers();
      drill.await(PATIENCE, this::isBeingLoaded);
      killWorkers();
      assertThat(drill.isAlive()).as(drill.output()).isTrue();

      assertThat(drill.exit()).as(drill.output()).isZero();
      JsonNode outcome = Wire.mapper().readTree(drill.result());
      assertThat(outcome.path("state").asText()).isEqualTo("SUCCEEDED");
    }

    assertThat(namespaces()).isEmpty();
    JsonNode backup =
        copies.lockstep(0, "backups", "list", "-f", file.toString()).path("backups").path(0);
    assertThat(backup.findValuesAsText("how"))
        .as(backup.toString())
        .isEqualTo(List.of("READ_BACK", "DRILL"));
  }

  private static void killWorkers() {
    List<Pod> workers =
        LAB.lab()
            .client()
            .pods()
            .inNamespace(Lab.NAMESPACE)
            .withLabel("app", "lockstep")
            .list()
            .getItems();
    assertThat(workers).isNotEmpty();
    workers.forEach(worker -> new PodProcesses(worker).kill());
  }

  private static List<String> namespaces() {
    return LAB
        .lab()
        .client()
        .namespaces()
        .withLabel("lockstep.dev/throw-away", "true")
        .list()
        .getItems()
        .stream()
        .map(Namespace::getMetadata)
        .map(it -> it.getName())
        .toList();
  }

  /** Its table is there, and the rows are on their way or the indexes are being built. */
  private boolean isBeingLoaded() {
    return namespaces().stream().anyMatch(LabDrillRealIT::hasTable);
  }

  private static boolean hasTable(String namespace) {
    Pod pod = LAB.lab().client().pods().inNamespace(namespace).withName("postgres-0").get();
    if (pod == null || pod.getStatus().getPodIP() == null) {
      return false;
    }
    try {
      return LabCopies.text(pod, "SELECT to_regclass('customers') IS NOT NULL").equals("t");
    } catch (SQLException e) {
      // It does not answer yet.
      return false;
    }
  }
}
