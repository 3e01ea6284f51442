package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarFilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void foldersAndFilesAreForTheirOwnerAlone() throws IOException {
    TarFiles.unpack(archive("base/", "base/1", "PG_VERSION"), folder);
    assertThat(folder.resolve("base/1")).hasContent("15");
    assertThat(Files.getPosixFilePermissions(folder.resolve("base"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(folder.resolve("PG_VERSION"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../away", "base/../../away"})
  void nothingLiesOutsideOfTheFolder(String name) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    assertThatThrownBy(() -> TarFiles.unpack(archive(name), inner))
        .hasMessageContaining("would lie outside");
    assertThat(folder.resolve("away")).doesNotExist();
  }

  @Test
  void aLinkIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry link = new TarArchiveEntry("pg_tblspc/16385", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    assertThatThrownBy(() -> TarFiles.unpack(new ByteArrayInputStream(bytes.toByteArray()), folder))
        .hasMessageContaining("pg_tblspc/16385 is neither a folder nor a file");
  }

  private static ByteArrayInputStream archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        byte[] content =
            name.endsWith("/") ? new byte[0] : "15".getBytes(StandardCharsets.US_ASCII);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
