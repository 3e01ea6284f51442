package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Physical backups of a real PostgreSQL: any moment comes back, with what was committed by then.
 */
final class PointInTimeRealIT {
  @Test
  void everyMomentComesBackAlsoWhenTheServerIsGone() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      scene.orders(1, 10);
      scene.backup();
      scene.orders(11, 20);
      String early = scene.now();
      scene.orders(21, 30);
      scene.backup();
      scene.orders(31, 45);
      String late = scene.now();
      scene.orders(46, 60);
      scene.backup();
      scene.orders(61, 70);
      scene.own.destroy();

      JsonNode list = scene.list();
      assertThat(list.path("backups")).hasSize(3).allMatch(it -> it.path("whole").asBoolean());
      assertThat(list.path("spans")).hasSize(1);
      Path folder = scene.folder("early");
      scene.restore(0, folder, early);
      assertThat(scene.orders(folder)).isEqualTo(PhysicalScene.numbers(20));
      assertThat(folder.resolve("lockstep_restore")).doesNotExist();
      folder = scene.folder("late");
      scene.restore(0, folder, late);
      assertThat(scene.orders(folder)).isEqualTo(PhysicalScene.numbers(45));
      folder = scene.folder("end");
      scene.restore(0, folder, "");
      assertThat(scene.orders(folder)).isEqualTo(PhysicalScene.numbers(60));

      JsonNode drill = scene.drill(scene.folder("drill"));
      assertThat(drill.path("state").asText()).isEqualTo("SUCCEEDED");
      assertThat(scene.folder("drill")).doesNotExist();
    }
  }

  @Test
  void whatCannotBeRestoredIsRefusedBeforeAnythingIsTouched() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      String before = scene.now();
      scene.orders(1, 10);
      scene.backup();
      scene.backup();
      Path folder = scene.folder("never");

      JsonNode refused = scene.restore(2, folder, before);
      assertThat(refused.toString()).contains("BACKUP_UNKNOWN").contains("every moment from");

      Path log = scene.objects("0000").get(0);
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        file.seek(file.length() / 2);
        int old = file.read();
        file.seek(file.length() / 2);
        file.write(old ^ 1);
      }
      JsonNode damaged = scene.restore(1, folder, "");
      assertThat(damaged.path("fault").path("code").asText()).isEqualTo("BACKUP_DAMAGED");
      assertThat(folder).doesNotExist();

      Files.createDirectories(folder);
      Files.writeString(folder.resolve("precious"), "mine");
      Files.delete(log);
      scene.lockstep(3, "", "backups", "verify");
      scene.backup();
      JsonNode taken = scene.restore(1, folder, "");
      assertThat(taken.path("fault").path("code").asText())
          .isIn("BACKUP_DAMAGED", "TARGET_NOT_EMPTY");
      assertThat(folder.resolve("precious")).hasContent("mine");
    }
  }

  @Test
  void aChainThatBrokeBeginsAnewAndSaysWhy() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      scene.orders(1, 10);
      scene.backup();
      scene.backup();
      assertThat(scene.newest().path("kind").asText()).isEqualTo("LOG");
      scene.server.execute("postgres", "SELECT pg_drop_replication_slot('lockstep_shop_wal')");

      scene.backup();

      assertThat(scene.newest().path("because").asText()).contains("replication slot");
      scene.orders(11, 20);
      scene.backup();
      assertThat(scene.newest().path("kind").asText()).isEqualTo("LOG");
      assertThat(scene.list().path("spans")).hasSize(2);
      Path folder = scene.folder("end");
      scene.restore(0, folder, "");
      assertThat(scene.orders(folder)).isEqualTo(PhysicalScene.numbers(20));
    }
  }

  @Test
  void aBaseTakenUnderWritesComesBackToAMomentBetweenThem() throws Exception {
    try (PhysicalScene scene = new PhysicalScene()) {
      AtomicInteger committed = new AtomicInteger();
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                while (!stop.get()) {
                  scene.orders(committed.get() + 1, committed.get() + 1);
                  committed.incrementAndGet();
                }
              });
      scene.backup();
      int before = committed.get();
      String moment = scene.now();
      int begun = committed.get() + 1;
      Awaitility.await().until(() -> committed.get() > begun);
      scene.backup();
      stop.set(true);
      writer.get(30, TimeUnit.SECONDS);

      Path folder = scene.folder("between");
      scene.restore(0, folder, moment);
      List<String> restored = scene.orders(folder);
      assertThat(restored).hasSizeBetween(before, begun);
      assertThat(restored).isEqualTo(PhysicalScene.numbers(restored.size()));
    }
  }
}
