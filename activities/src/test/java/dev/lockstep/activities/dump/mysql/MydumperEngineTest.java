package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.activities.dump.place.WorkerPlace;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before any server is asked. */
final class MydumperEngineTest {
  private static final Database SHOP =
      new Database(
          "shop",
          Engine.MYSQL,
          new Connection.Url("jdbc:mysql://127.0.0.1:1/shop"),
          new Credentials.Environment("MY_USER", "MY_PASSWORD"),
          List.of());

  private final Path programs;

  MydumperEngineTest(@TempDir Path programs) {
    this.programs = programs;
  }

  private static Backup backup(Dump dump) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.DUMP,
        dump.by(Dump.Program.MYDUMPER),
        List.of(),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  private void assertRefused(Dump dump, String message) {
    try (Databases databases =
        new Databases(ConnectionSettings.DEFAULT, SecretReader.NONE, Optional::of)) {
      MydumperEngine engine =
          new MydumperEngine(
              databases,
              (database, backup, purpose, alive) -> new WorkerPlace(),
              Optional.of(programs.toString()));
      assertThatThrownBy(() -> engine.inspect(SHOP, backup(dump))).hasMessageContaining(message);
    }
  }

  @Test
  void anOldProgramIsNamedWithWhatIsNeeded() throws IOException {
    Path old = programs.resolve("mydumper");
    Files.writeString(old, "#!/bin/sh\necho 'mydumper 0.10.1, built against MySQL 10.11.6'\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();

    assertRefused(Dump.DEFAULT, "mydumper 0.10.1 is too old: 1.0.1 or newer is needed");
  }

  @Test
  void aMissingProgramIsNamed() {
    assertRefused(Dump.DEFAULT, "mydumper");
  }

  @Test
  void aWholeServerIsRefused() {
    Dump server =
        new Dump(
            Dump.Through.CLIENT,
            Optional.empty(),
            Dump.Scope.SERVER,
            Optional.empty(),
            Optional.empty());

    assertRefused(server, "one database, not a server");
  }
}
