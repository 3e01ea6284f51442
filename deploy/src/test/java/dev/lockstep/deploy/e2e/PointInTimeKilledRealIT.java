package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Command, engine and worker die together in the middle of a base, of log, and of a restore. */
final class PointInTimeKilledRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void noLogIsLostWhereverTheProcessDies() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      scene.orders(1, 10);
      scene.limit(", maxRate: 4MiB/s");
      killOnce(scene.startBackup(), () -> !scene.objects("").isEmpty() || waits(scene));
      assertThat(scene.lockstep(0, "", "backups", "list").path("backups")).isEmpty();
      scene.limit("");
      scene.backup();
      assertThat(scene.newest().path("kind").asText()).isEqualTo("BASE");

      scene.orders(11, 20);
      scene.server.execute(
          "postgres",
          "CREATE TABLE ballast AS SELECT repeat(md5(g::text), 30) FROM generate_series(1, 60000)"
              + " g");
      scene.limit(", maxRate: 8MiB/s");
      killOnce(scene.startBackup(), () -> !scene.objects("0000").isEmpty());
      scene.limit("");
      scene.orders(21, 30);
      scene.backup();
      assertThat(scene.newest().path("kind").asText()).isEqualTo("LOG");

      Path folder = scene.folder("end");
      killOnce(scene.startRestore(folder), () -> Files.exists(folder.resolve("postmaster.pid")));
      scene.restore(0, folder, "");
      assertThat(scene.orders(folder)).isEqualTo(PhysicalScene.numbers(30));
    }
  }

  @Test
  void aBaseThatFailsLeavesNoSlotBehind() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      scene.orders(1, 10);
      scene.limit(", maxRate: 4MiB/s");
      try (Child run = scene.startBackup()) {
        run.await(PATIENCE, () -> waits(scene));
        scene.server.execute(
            "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
      }
      JsonNode list = scene.list();
      assertThat(list.path("backups")).isEmpty();
      assertThat(scene.server.texts("postgres", PhysicalScene.SLOT)).isEmpty();
    }
  }

  private static boolean waits(PhysicalScene scene) {
    return !scene
        .server
        .texts("postgres", "SELECT pid FROM pg_stat_replication WHERE state = 'backup'")
        .isEmpty();
  }

  private static void killOnce(Child run, Callable<Boolean> when) throws Exception {
    try (run) {
      run.await(PATIENCE, when);
      run.kill();
    }
  }
}
