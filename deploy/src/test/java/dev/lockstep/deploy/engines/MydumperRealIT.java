package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** mydumper and myloader with real servers: what went in comes back, nothing cut looks whole. */
final class MydumperRealIT extends MysqlCopies {
  private static final String TABLES = "tables.mydumper";

  MydumperRealIT() {
    super("dumper", side -> side.mydumper);
  }

  @BeforeEach
  void skipWithoutThePrograms() {
    assumeTrue(testbed.has(MysqlSide.MYDUMPER), "mydumper is no part of this testbed's");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void everythingComesBackInANewDatabase(Engine engine) throws IOException {
    Copied copied = comeBack(engine);
    DumpFacts facts = copied.facts();

    assertThat(copied.parts().keySet())
        .containsExactly("accounts.sql", TABLES, "objects.sql", "grants.sql");
    assertThat(facts.rows())
        .isEqualTo(
            Map.of(
                copied.shop().name() + ".kinds", 901L,
                copied.shop().name() + ".lockstep_sentinel", 1L,
                copied.shop().name() + ".moved", 0L,
                copied.shop().name() + ".odd `name`", 3L));
    assertThat(facts.position().isPresent()).isEqualTo(engine == Engine.MYSQL);
    assertThat(facts.method()).isEqualTo("mydumper stream, six digits of FLOAT columns");
    assertThat(facts.client()).matches("mydumper \\d+\\.\\d+\\.\\d+(-\\d+)?");
  }

  /** mydumper itself would end well, with half of the rows. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aProgramThatIsToldToEndIsNotCut(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "told");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session = begin(side, shop)) {
      InputStream stream = begun(session, TABLES);
      List<ProcessHandle> running = programs(shop);
      assertThat(running).isNotEmpty();
      running.forEach(ProcessHandle::destroy);
      assertThat(stream.readAllBytes()).isNotEmpty();
      assertThat(session.end().rows()).containsEntry(shop.name() + ".kinds", 901L);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aKilledProgramDoesNotLookComplete(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "killed");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session = begin(side, shop)) {
      InputStream stream = begun(session, TABLES);
      List<ProcessHandle> running = programs(shop);
      assertThat(running).isNotEmpty();
      running.forEach(ProcessHandle::destroyForcibly);
      Throwable cut = catchThrowable(stream::readAllBytes);
      assertThat(cut).isInstanceOf(IOException.class);
      assertThat(cut.getCause())
          .isInstanceOfSatisfying(
              ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("DUMP_FAILED"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aStoppedActivityEndsItsProgram(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "stopped");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session = begin(side, shop)) {
      InputStream stream = begun(session, TABLES);
      calm.stop();
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
          .untilAsserted(() -> assertThat(lines(shop)).isEmpty());
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(ActivityCanceledException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aCutContentIsNoLoad(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "cut");
    MysqlShop.fill(side, shop, user);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    byte[] dump = parts.getOrDefault(TABLES, new byte[0]);
    Database copy = create(side, "copy");
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    try (LoadSession load = side.mydumper.load(copy, backup, facts, calm)) {
      InputStream broken =
          new SequenceInputStream(new ByteArrayInputStream(dump, 0, dump.length / 2), new Broken());
      assertThatThrownBy(() -> load.load(TABLES, dump.length, broken, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is gone");
      assertThat(lines(copy)).isEmpty();
      side.mydumper.marks(copy).clear();
      byte[] nonsense =
          new String(dump, StandardCharsets.ISO_8859_1)
              .replace("INSERT INTO `kinds`", "INSERT INTO `kindz`")
              .getBytes(StandardCharsets.ISO_8859_1);
      assertFault(() -> load(load, TABLES, nonsense), "LOAD_FAILED", "kindz");
    }
    side.mydumper.marks(copy).clear();
    assertThat(side.mydumper.marks(copy).contents()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void wrongPasswordsAndMissingRightsAreToldBeforehand(Engine engine) {
    MysqlSide side = side(engine);
    Database shop = create(side, "guarded");
    MysqlShop.fill(side, shop, user);
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    try (MysqlSide guest = new MysqlSide(engine, testbed)) {
      guest.environment.putAll(Map.of("MY_USER", user, "MY_PASSWORD", "wr0ng-one"));
      Throwable refused =
          assertFault(() -> guest.mydumper.inspect(shop, backup), "CREDENTIALS_REFUSED", user);
      assertThat(refused).hasMessageNotContaining("wr0ng-one");
    }
    try (MysqlSide guest = new MysqlSide(engine, testbed)) {
      guest.environment.putAll(Map.of("MY_USER", user, "MY_PASSWORD", "open sesame"));
      side.use(
          "mysql",
          "GRANT SHOW VIEW, TRIGGER, EVENT ON `" + shop.name() + "`.* TO '" + user + "'@'%'");
      assertFault(
          () -> guest.mydumper.inspect(shop, backup),
          "PRIVILEGE_MISSING",
          engine == Engine.MYSQL
              ? "RELOAD, BACKUP_ADMIN, REPLICATION CLIENT on *.*"
              : "RELOAD, BINLOG MONITOR on *.*");
    }
  }

  private DumpSession begin(MysqlSide side, Database shop) {
    return side.mydumper.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm);
  }

  /** The program itself, not the shells around it. */
  private static List<ProcessHandle> programs(Database shop) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> line(process).contains("--database=" + shop.name()))
        .filter(process -> process.info().command().orElse("").endsWith("/mydumper"))
        .toList();
  }

  private static List<String> lines(Database database) {
    return ProcessHandle.current()
        .descendants()
        .map(MydumperRealIT::line)
        .filter(line -> line.contains(database.name()))
        .toList();
  }

  private static String line(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
