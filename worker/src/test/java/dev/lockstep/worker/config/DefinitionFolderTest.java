package dev.lockstep.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefinitionFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void withoutAFolderNothingIsKnown() {
    assertThat(new DefinitionFolder(Optional.empty()).read().all()).isEmpty();
  }

  @Test
  void aFileThatCameLaterIsReadToo() throws IOException {
    DefinitionFolder definitions = new DefinitionFolder(Optional.of(folder));
    Files.writeString(folder.resolve("notes.txt"), "not: a definition");
    assertThat(definitions.read().all()).isEmpty();

    Files.writeString(folder.resolve("a.yaml"), Examples.named("03-drop-column.yaml").text());

    assertThat(definitions.read().problems()).isEmpty();
    assertThat(definitions.read().migrations()).hasSize(1);
  }
}
