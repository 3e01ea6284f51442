package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.MemoryDatabase;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Retention;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MysqlProgramEngineTest {
  private static final Database SHOP =
      new Database(
          "shop",
          Engine.MYSQL,
          new Connection.Url("jdbc:mysql://localhost/shop"),
          new Credentials.None(),
          List.of());

  private final MemoryDatabase own = new MemoryDatabase();
  private final MemoryDatabase mydumper = new MemoryDatabase();
  private final MysqlProgramEngine engine = new MysqlProgramEngine(own, mydumper);

  private static Backup backup(Dump dump) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.DUMP,
        dump,
        List.of(),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theDefinitionSaysWhoDumps() {
    own.table("of-own", 1);
    mydumper.table("of-mydumper", 1);

    assertThat(parts(Dump.DEFAULT)).containsExactly("of-own");
    assertThat(parts(Dump.DEFAULT.by(Dump.Program.MYDUMPER))).containsExactly("of-mydumper");
  }

  private List<String> parts(Dump dump) {
    try (DumpSession session = engine.dump(SHOP, backup(dump), new RecordingReporter())) {
      return session.parts().stream().map(DumpSession.Part::name).toList();
    }
  }

  /** Whatever the definition says by now. */
  @ParameterizedTest
  @CsvSource({"mysqldump plain, true", "'mydumper stream, six digits of FLOAT columns', false"})
  void whatWasTakenByOneIsLoadedByIt(String method, boolean byOwn) throws IOException {
    DumpFacts facts =
        new DumpFacts(
            "mysql",
            "8.4.0",
            "",
            method,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            1,
            new TreeMap<>());
    byte[] rows = "row\n".getBytes(StandardCharsets.UTF_8);
    for (Dump dump : List.of(Dump.DEFAULT, Dump.DEFAULT.by(Dump.Program.MYDUMPER))) {
      try (LoadSession load = engine.load(SHOP, backup(dump), facts, new RecordingReporter())) {
        load.load("orders", rows.length, new ByteArrayInputStream(rows), List.of());
        load.finish();
      }
    }

    assertThat(own.contents().isEmpty()).isEqualTo(!byOwn);
    assertThat(mydumper.contents().isEmpty()).isEqualTo(byOwn);
  }
}
