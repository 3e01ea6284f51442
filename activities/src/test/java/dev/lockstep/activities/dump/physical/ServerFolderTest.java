package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerFolderTest {
  @TempDir private Path room = Path.of("");

  /** PostgreSQL would not run as root; what is to be seen here is the same for everybody. */
  @BeforeEach
  void giveAway() throws IOException {
    if (ServerUser.of(room).root()) {
      Files.setAttribute(room, "unix:uid", 65_534);
    }
  }

  @Test
  void whatARunMadeGoesWithIt() throws IOException {
    ServerFolder folder = new ServerFolder(room.resolve("restored"));
    folder.claim("restore/then");
    Files.createDirectories(folder.path().resolve("base/1"));
    Files.writeString(folder.path().resolve("base/1/2"), "rows");
    assertThat(folder.claimedBy()).contains("restore/then");
    assertThat(folder.contents()).containsExactly("base");

    folder.clear();
    assertThat(folder.contents()).isEmpty();
    assertThat(folder.claimedBy()).contains("restore/then");
    folder.release();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void aFolderThatWasThereStays() throws IOException {
    ServerFolder folder = new ServerFolder(Files.createDirectory(room.resolve("mine")));
    if (ServerUser.of(room).root()) {
      Files.setAttribute(folder.path(), "unix:uid", 65_534);
    }
    folder.claim("restore/then");
    folder.clear();
    folder.release();
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void whatIsNotOursIsNamed() throws IOException {
    Files.writeString(room.resolve("precious"), "mine");
    assertThat(new ServerFolder(room).contents()).containsExactly("precious");
    assertThat(new ServerFolder(room.resolve("precious")).contents())
        .first()
        .asString()
        .contains("is no folder");
    assertThat(new ServerFolder(room.resolve("absent")).contents()).isEmpty();
  }

  @Test
  void theSettingsOfTheOriginalComeBackWithTheRelease() throws IOException {
    ServerFolder folder = new ServerFolder(room.resolve("restored"));
    folder.claim("restore/then");
    Path settings = folder.path().resolve("postgresql.auto.conf");
    Files.writeString(settings, "archive_command = 'send'");

    folder.prepare();
    assertThat(settings).doesNotExist();
    assertThat(folder.path().resolve("pg_hba.conf")).exists();
    assertThat(folder.path().resolve("recovery.signal")).exists();
    folder.release();
    assertThat(settings).hasContent("archive_command = 'send'");
    assertThat(folder.path().resolve("lockstep_restore")).doesNotExist();
  }

  @Test
  void rootIsRefused() throws IOException {
    Assumptions.assumeTrue(ServerUser.of(room).root(), "only root has that trouble");
    Files.setAttribute(room, "unix:uid", 0);
    assertThatThrownBy(() -> new ServerFolder(room.resolve("restored")).claim("restore/then"))
        .hasMessageContaining("PostgreSQL does not run as root");
    assertThat(room.resolve("restored")).doesNotExist();
  }
}
