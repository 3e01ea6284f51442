package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rights that docs/backup-postgresql.md names are enough, each statement as it stands there.
 */
final class DocumentedRightsRealIT {
  private static final Path PAGE = Path.of("..", "docs", "backup-postgresql.md");

  @TempDir private Path folder = Path.of("");

  @Test
  void theyAreEnoughForABackupAndForARestore() throws IOException {
    assumeTrue(DumpServer.programs().isPresent(), "no PostgreSQL with all programs here");
    DumpServer server = DumpServer.start(DumpServer.programs().orElseThrow(), folder);
    try (Databases databases = DumpServer.databases();
        ClusterConnection cluster = ClusterConnection.fromEnvironment()) {
      DumpEngine engine = new PostgresDumpEngine(databases, cluster);
      server.newDatabase("shop", "postgres");
      server.execute(
          "shop",
          "CREATE SCHEMA goods; CREATE TABLE goods.orders (id serial PRIMARY KEY, note text);"
              + " INSERT INTO goods.orders (note) SELECT 'n' || g FROM generate_series(1, 500) g;"
              + " CREATE VIEW goods.few AS SELECT * FROM goods.orders WHERE id < 10");
      List<String> blocks = statements();
      assertThat(blocks).hasSize(3);

      run(server, blocks.get(0));
      Database shop = server.database("shop", "shop_backup");
      engine.marks(shop).writeSentinel("nightly", "1", "proof");
      engine.marks(shop).pruneSentinels("nightly", 3);
      TestDump dump =
          TestDump.take(engine, shop, TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE));
      run(server, blocks.get(2));
      Database copy = server.database("shop_copy", "shop_restore");
      engine.marks(copy).claim("restore/1");
      dump.load(engine, copy);

      assertThat(server.text("shop_copy", "SELECT count(*) FROM goods.orders")).isEqualTo("500");
      assertThat(server.text("shop_copy", "SELECT count(*) FROM goods.few")).isEqualTo("9");
      assertThat(engine.marks(copy).findSentinel("nightly", "1")).contains("proof");
      engine.marks(copy).release();
    } finally {
      server.close();
    }
  }

  private static void run(DumpServer server, String block) {
    for (String statement : block.split(";\n")) {
      server.execute("shop", statement);
    }
  }

  private static List<String> statements() throws IOException {
    return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
