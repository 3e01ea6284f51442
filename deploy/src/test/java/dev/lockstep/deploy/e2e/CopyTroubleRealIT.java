package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.wire.Wire;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees at the command where something is wrong around a copy. */
final class CopyTroubleRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");

  @Test
  void anotherKeyIsSaidOnceAndNothingIsTouched() throws Exception {
    CopyShop shop = new CopyShop(folder, 1_000, "");
    shop.backup();
    String right = shop.changeKey();

    JsonNode list = shop.lockstep(0, "backups", "list");
    assertThat(list.path("backups").path(0).path("verifications")).isEmpty();
    assertThat(list.path("backups").path(0).path("doubt").asText()).contains("it needs the key");
    shop.lockstep(0, "backups", "prune");
    String said = refusal(shop, 2, "restore");
    assertThat(said).contains("it needs the key").doesNotContain("Exception");
    assertThat(tables(shop)).isEmpty();

    Files.writeString(folder.resolve("key"), right);
    assertThat(shop.wholeBackups()).hasSize(1);
  }

  @Test
  void aTruncatedObjectIsNamedBeforeAnythingIsTouched() throws Exception {
    CopyShop shop = new CopyShop(folder, 1_000, "");
    shop.backup();
    Path object =
        shop.stored().stream()
            .filter(file -> file.toString().contains("public.orders"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(object);
    Files.write(object, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(refusal(shop, 3, "backups", "verify")).contains("public.orders", "bytes are stored");
    JsonNode restore = shop.lockstep(1, "restore");
    assertThat(restore.path("fault").path("code").asText()).isEqualTo("BACKUP_DAMAGED");
    assertThat(restore.path("fault").path("message").asText()).contains("public.orders");
    assertThat(tables(shop)).isEmpty();
  }

  @Test
  void aSecondRestoreOfTheSameNameIsRefusedWhileTheFirstOneLoads() throws Exception {
    CopyShop shop = new CopyShop(folder, 100_000, "");
    shop.backup();
    try (Child first = shop.start("restore")) {
      first.await(PATIENCE, () -> !marks(shop).isEmpty());
      signal("STOP", first);
      JsonNode second = shop.lockstep(1, "restore");
      assertThat(second.path("fault").path("code").asText()).isEqualTo("TARGET_CLAIMED");
      assertThat(second.path("fault").path("message").asText())
          .contains("is being restored into by another process", "process ");
      signal("CONT", first);
      assertThat(first.exit()).as(first.output()).isZero();
    }
    shop.copyIsWhole();
  }

  @Test
  void aServerThatIsKilledMidDumpLeavesNoBackupAndTheRunGoesOnWhenItIsBack() throws Exception {
    Testbed testbed = Testbed.read();
    int port = URI.create(testbed.postgres().substring("jdbc:".length())).getPort();
    CopyShop shop =
        new CopyShop(
            folder,
            40_000,
            ", maxRate: 1MiB/s",
            CopyShop.folderStore(folder.resolve("store")),
            Server.running(port, port));
    try (Child run = shop.start("run", "--name", "backup/" + shop.name + "-backup")) {
      awaitDump(shop, run);
      testbed.kill("postgres");
      assertThat(shop.wholeBackups()).isEmpty();
      testbed.up("postgres");
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(Wire.mapper().readTree(run.result()).path("state").asText())
          .isEqualTo("SUCCEEDED");
    }
    assertThat(shop.wholeBackups()).hasSize(1);
    shop.onlyWholeBackupsAreStored();
  }

  private static void signal(String name, Child child) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static void awaitDump(CopyShop shop, Child run) {
    run.await(
        PATIENCE,
        () -> shop.stored().stream().anyMatch(file -> file.toString().contains("/data/")));
  }

  /** What a command says that ends with this status and prints no JSON of its own. */
  private static String refusal(CopyShop shop, int exit, String... words) throws Exception {
    try (Child child = shop.start(words)) {
      int status = child.exit();
      assertThat(status).as(child.output()).isEqualTo(exit);
      return child.output();
    }
  }

  private static List<String> marks(CopyShop shop) {
    return shop.server.texts(
        shop.copy, "SELECT relname FROM pg_class WHERE relname = 'claim' AND relkind = 'r'");
  }

  private static List<String> tables(CopyShop shop) {
    return shop.server.texts(
        shop.copy,
        "SELECT relname FROM pg_class WHERE relname ~ '^orders' UNION ALL"
            + " SELECT nspname FROM pg_namespace WHERE nspname ~ 'lockstep'");
  }
}
