package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRunsTest {
  @TempDir private Path home = Path.of("");

  @Test
  void aNoteIsThereUntilItIsClosed() throws IOException {
    EmbeddedRuns runs = new EmbeddedRuns(home.resolve("notes"));
    assertThat(runs.addresses()).isEmpty();

    try (EmbeddedRuns.Note note = runs.note("127.0.0.1:4711")) {
      assertThat(note).isNotNull();
      assertThat(runs.addresses()).containsExactly("127.0.0.1:4711");
    }

    assertThat(runs.addresses()).isEmpty();
  }

  @Test
  void notesOfEndedProcessesAreRemoved() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Path ended = home.resolve(Long.toString(process.pid()));
    Files.writeString(ended, "127.0.0.1:1");
    Path foreign = home.resolve("notes.txt");
    Files.writeString(foreign, "not an address");

    assertThat(new EmbeddedRuns(home).addresses()).isEmpty();
    assertThat(ended).doesNotExist();
    assertThat(foreign).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeCostsOnlyTheNote() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "");
    EmbeddedRuns runs = new EmbeddedRuns(file.resolve("notes"));

    try (EmbeddedRuns.Note note = runs.note("127.0.0.1:4711")) {
      assertThat(note).isNotNull();
      assertThat(runs.addresses()).isEmpty();
    }
  }
}
