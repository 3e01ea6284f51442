package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a file system of four MiB. */
final class FullDiskRealIT {
  @TempDir private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    String refusal = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
    assumeTrue(
        refusal.isEmpty(), () -> "a small disk needs root and the right to mount: " + refusal);
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  @Test
  void whatFindsNoRoomLeavesNothing() throws IOException {
    ObjectStore store = TestbedStores.open(new StorePlace.Filesystem(disk.toString()), Map.of());
    store.put("shop/first", new byte[1 << 20], Existing.REFUSED);
    assertThat(
            ObjectStoreContract.fault(
                () -> store.put("shop/large", new byte[8 << 20], Existing.REFUSED)))
        .isEqualTo(FaultCode.RESOURCE_EXHAUSTED);
    try (Stream<Path> files = Files.walk(disk)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(disk.resolve("shop/first"));
    }
    store.put("shop/second", new byte[1 << 20], Existing.REFUSED);
    assertThat(store.list("")).hasSize(2);
  }

  /** What it said where it failed. */
  private static String run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : said;
  }
}
