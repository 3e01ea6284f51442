package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.deploy.testbed.Testbed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rights that docs/backup-mysql.md names are enough on both products. */
final class DocumentedRightsRealIT {
  private static final Path PAGE = Path.of("..", "docs", "backup-mysql.md");
  private static final Pattern BLOCK =
      Pattern.compile("```sql ?(\\w*)\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void theyAreEnoughForABackupAndForARestore(Engine engine) throws IOException {
    copies(engine, Testbed.read(), side -> side.dumps);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void theyAreEnoughForMydumperAndMyloader(Engine engine) throws IOException {
    Testbed testbed = Testbed.read();
    assumeTrue(testbed.has(MysqlSide.MYDUMPER), "mydumper is no part of this testbed's");
    copies(engine, testbed, side -> side.mydumper);
  }

  private static void copies(Engine engine, Testbed testbed, Function<MysqlSide, DumpEngine> way)
      throws IOException {
    assumeTrue(testbed.has("LOCKSTEP_TESTBED_" + engine), engine + " is no part of this testbed's");
    String suffix = Long.toString(ProcessHandle.current().pid());
    String definer = "definer" + suffix;
    try (MysqlSide root = new MysqlSide(engine, testbed);
        MysqlSide teller = guest(engine, testbed, "backup" + suffix);
        MysqlSide loader = guest(engine, testbed, "restore" + suffix)) {
      Database shop = root.create("shop");
      Database copy = root.create("copy");
      try {
        MysqlShop.fill(root, shop, definer);
        for (String statement : statements(engine)) {
          root.use(
              "mysql",
              statement
                  .replace("shop_backup", "backup" + suffix)
                  .replace("shop_restore", "restore" + suffix)
                  .replace("shop_copy.", copy.name() + ".")
                  .replace("shop.", shop.name() + "."));
        }
        Map<String, String> before = root.ask(shop, MysqlShop::picture);
        teller.dumps.marks(shop).writeSentinel("nightly", "1", "value");
        teller.dumps.marks(shop).pruneSentinels("nightly", 1);
        Map<String, byte[]> parts = new LinkedHashMap<>();
        DumpFacts facts = dump(way.apply(teller), shop, parts);
        load(way.apply(loader), copy, facts, parts);

        assertThat(root.ask(copy, MysqlShop::picture)).isEqualTo(before);
        assertThat(loader.dumps.marks(copy).findSentinel("nightly", "1")).contains("value");
      } finally {
        root.drop(shop);
        root.drop(copy);
        for (String user : List.of("backup" + suffix, "restore" + suffix, definer)) {
          root.use("mysql", "DROP USER IF EXISTS '" + user + "'@'%'");
        }
      }
    }
  }

  private static MysqlSide guest(Engine engine, Testbed testbed, String user) {
    MysqlSide guest = new MysqlSide(engine, testbed);
    guest.environment.putAll(Map.of("MY_USER", user, "MY_PASSWORD", "open sesame"));
    return guest;
  }

  private static List<String> statements(Engine engine) throws IOException {
    String product = engine.name().toLowerCase(Locale.ROOT);
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).isEmpty() || block.group(1).equals(product))
        .flatMap(block -> block.group(2).lines())
        .map(line -> line.strip().replaceFirst(";$", ""))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static DumpFacts dump(DumpEngine engine, Database shop, Map<String, byte[]> parts)
      throws IOException {
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    engine.inspect(shop, backup);
    try (DumpSession session = engine.dump(shop, backup, new Calm())) {
      for (DumpSession.Part part : session.parts()) {
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      return session.end();
    }
  }

  private static void load(
      DumpEngine engine, Database copy, DumpFacts facts, Map<String, byte[]> parts)
      throws IOException {
    Backup backup = MysqlSide.backup(copy, Dump.Scope.DATABASE);
    try (LoadSession load = engine.load(copy, backup, facts, new Calm())) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        byte[] bytes = part.getValue();
        load.load(part.getKey(), bytes.length, new ByteArrayInputStream(bytes), List.of());
      }
      load.finish();
    }
  }
}
