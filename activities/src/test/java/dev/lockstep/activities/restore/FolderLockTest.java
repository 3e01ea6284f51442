package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void oneAtATimeHasIt() {
    String path = folder.resolve("restored").toString();
    FolderLock first = FolderLock.take(path).orElseThrow();
    assertThat(FolderLock.take(path)).isEmpty();
    FolderLock.take(path + "-other").orElseThrow().end();

    first.end();
    FolderLock again = FolderLock.take(path).orElseThrow();
    again.end();
    assertThat(again.file()).doesNotExist();
  }
}
