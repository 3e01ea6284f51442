package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command, engine and worker in one process die together in the middle of a copy. */
final class BackupKilledRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder = Path.of("");

  @Test
  void aDumpThatWasKilledIsNoBackupAndTheNextOneSucceeds() throws Exception {
    BackupScene scene = new BackupScene(folder, 40_000, ", maxRate: 400KiB/s");
    try (Child first = scene.start("run", "--name", "backup/shop-nightly")) {
      first.await(
          PATIENCE,
          () -> scene.stored().stream().anyMatch(file -> file.toString().contains("/data/")));
      first.kill();
    }
    JsonNode none = scene.lockstep(3, "backups", "list");
    assertThat(none.path("backups")).isEmpty();

    scene.backup();

    JsonNode list = scene.lockstep(0, "backups", "list");
    assertThat(list.path("backups")).hasSize(1);
    assertThat(list.path("backups").path(0).path("verifications")).isNotEmpty();
  }

  @Test
  void aRestoreThatWasKilledIsClearedAndDoneAgainByTheSameCommand() throws Exception {
    BackupScene scene = new BackupScene(folder, 400_000, "");
    scene.backup();
    try (Child first = scene.start("restore")) {
      first.await(PATIENCE, () -> !claims(scene).isEmpty());
      first.kill();
    }

    JsonNode again = scene.lockstep(0, "restore");

    assertThat(again.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.server.text(scene.copy, BackupScene.ROWS))
        .isEqualTo(scene.server.text(scene.shop, BackupScene.ROWS));
    assertThat(claims(scene)).isEmpty();
  }

  private static List<String> claims(BackupScene scene) {
    return scene.server.texts(
        scene.copy, "SELECT relname FROM pg_class WHERE relname = 'claim' AND relkind = 'r'");
  }
}
