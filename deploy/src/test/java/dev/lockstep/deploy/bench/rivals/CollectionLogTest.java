package dev.lockstep.deploy.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionLogTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void findsTheMostThatWasLeft() throws IOException {
    Path log = folder.resolve("gc.log");
    Files.writeString(
        log,
        """
        [0.012s][info][gc] Using Serial
        [0.500s][info][gc] GC(0) Pause Young (Allocation Failure) 34M->4M(123M) 8.123ms
        [1.500s][info][gc] GC(1) Pause Full (Metadata GC Threshold) 50M->31M(123M) 80.123ms
        [2.500s][info][gc] GC(2) Pause Young (Allocation Failure) 65M->29M(123M) 2.123ms
        """);
    assertThat(CollectionLog.mostAfter(log)).hasValue(31);
  }

  @Test
  void theLauncherIsToldTheHeapAndTheLog() {
    assertThat(CollectionLog.environment(Path.of("/tmp/gc.log"), "256m"))
        .hasEntrySatisfying(
            "LOCKSTEP_JAVA_OPTS",
            options -> assertThat(options).endsWith("-Xmx256m -Xlog:gc:file=/tmp/gc.log"));
  }

  @Test
  void aShortRunCollectsNothing() throws IOException {
    Path log = Files.createFile(folder.resolve("gc.log"));
    assertThat(CollectionLog.mostAfter(log)).isEmpty();
  }
}
