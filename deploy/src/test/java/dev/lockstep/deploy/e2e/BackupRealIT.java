package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are damaged, incomplete or too many, and a drill that fails. */
final class BackupRealIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aDrillWhoseCheckFailsSaysSoAndLeavesNothing() throws Exception {
    BackupScene scene = new BackupScene(folder);
    scene.backup();

    JsonNode drill = scene.lockstep(1, "drill");

    assertThat(drill.path("fault").path("code").asText()).isEqualTo("ANSWER_UNEXPECTED");
    assertThat(
            scene.server.texts(scene.copy, "SELECT relname FROM pg_class WHERE relname = 'orders'"))
        .isEmpty();
    Path evidence =
        scene.stored().stream()
            .filter(file -> file.toString().contains("/drills/"))
            .findFirst()
            .orElseThrow();
    assertThat(Wire.mapper().readTree(evidence.toFile()).path("verdict").asText())
        .isEqualTo("failed");

    JsonNode drills = scene.lockstep(3, "drills");
    assertThat(drills.path("past")).hasSize(1);
    assertThat(drills.path("verified").asBoolean()).isFalse();
  }

  @Test
  void aFlippedBitIsFoundByVerifyAndByRestoreBeforeItTouchesAnything() throws Exception {
    BackupScene scene = new BackupScene(folder);
    scene.backup();
    try (RandomAccessFile file = new RandomAccessFile(scene.object("orders").toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 1);
    }

    scene.lockstep(3, "backups", "verify");
    JsonNode restore = scene.lockstep(1, "restore");

    assertThat(restore.path("fault").path("code").asText()).isEqualTo("BACKUP_DAMAGED");
    assertThat(
            scene.server.texts(
                scene.copy, "SELECT nspname FROM pg_namespace WHERE nspname ~ 'lockstep'"))
        .isEmpty();
  }

  @Test
  void aBackupWithoutItsManifestIsNone() throws Exception {
    BackupScene scene = new BackupScene(folder);
    scene.backup();
    Files.delete(
        scene.stored().stream()
            .filter(file -> file.endsWith("manifest.json"))
            .findFirst()
            .orElseThrow());

    JsonNode list = scene.lockstep(3, "backups", "list");

    assertThat(list.path("backups")).isEmpty();
    assertThat(list.path("leftovers")).hasSize(1);
    scene.lockstep(2, "restore");
  }

  @Test
  void onlyWhatRetentionKeepsIsLeft() throws Exception {
    BackupScene scene = new BackupScene(folder);
    scene.backup();
    scene.backup();

    JsonNode list = scene.lockstep(0, "backups", "list");

    assertThat(list.path("backups")).hasSize(1);
    assertThat(list.path("leftovers")).isEmpty();
    JsonNode plan = scene.lockstep(0, "backups", "prune", "--dry-run");
    assertThat(plan.path("decisions").path(0).path("verdict").asText()).isEqualTo("KEPT");
  }
}
