package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's way through a backup: taken, listed, read back, restored. */
final class EmbeddedBackupRealIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aBackupIsListedReadBackRestoredAndDrilled() throws Exception {
    BackupScene scene = new BackupScene(folder);
    JsonNode backup = scene.backup();
    assertThat(backup.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(backup.path("figures").path("bytes").asLong()).isPositive();

    JsonNode list = scene.lockstep(0, "backups", "list");
    assertThat(list.path("backups")).hasSize(1);
    assertThat(list.path("backups").path(0).path("verifications")).isNotEmpty();
    assertThat(list.path("rpoMet").asBoolean()).isTrue();

    JsonNode restored = scene.lockstep(0, "restore");
    assertThat(restored.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.server.text(scene.copy, BackupScene.ROWS))
        .isEqualTo(scene.server.text(scene.shop, BackupScene.ROWS));
    assertThat(
            scene.server.text(
                scene.copy, "SELECT indexdef FROM pg_indexes WHERE indexname = 'orders_note'"))
        .contains("(note)");

    // It is no longer empty, and nothing of it may be touched.
    JsonNode refused = scene.lockstep(1, "restore");
    assertThat(refused.path("fault").path("code").asText()).isEqualTo("TARGET_NOT_EMPTY");
    assertThat(scene.server.text(scene.copy, BackupScene.ROWS))
        .isEqualTo(scene.server.text(scene.shop, BackupScene.ROWS));
  }
}
