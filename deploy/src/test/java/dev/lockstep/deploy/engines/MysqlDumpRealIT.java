package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real MySQL and MariaDB: what went in comes back, and nothing that was cut looks whole. */
final class MysqlDumpRealIT extends MysqlCopies {
  MysqlDumpRealIT() {
    super("teller", side -> side.dumps);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void everythingComesBackInANewDatabase(Engine engine) throws IOException {
    Copied copied = comeBack(engine);
    MysqlSide side = copied.side();
    DumpFacts facts = copied.facts();
    Database copy = copied.copy();

    assertThat(copied.parts().keySet())
        .containsExactly("accounts.sql", "database.sql", "grants.sql");
    assertThat(side.dumps.marks(copy).count(List.of(copied.shop().name() + ".kinds", "x.none")))
        .containsExactly(Map.entry(copied.shop().name() + ".kinds", 901L));
    assertThat(side.dumps.marks(copy).ask("SELECT count(v) FROM theirs"))
        .as("its owner is back and may read")
        .contains("900");
    assertThat(facts.position().isPresent()).isEqualTo(engine == Engine.MYSQL);
    assertThat(facts.method()).contains("dump plain, six digits of FLOAT columns");
    assertThat(facts.snapshot()).isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES));
    assertThat(facts.client()).matches("(mysqldump|mariadb-dump) \\d+\\.\\d+\\.\\d+(-MariaDB)?");
    side.environment.put("MY_USER", user);
    side.environment.put("MY_PASSWORD", "open sesame");
    try (MysqlSide theirs = new MysqlSide(engine, testbed)) {
      theirs.environment.putAll(side.environment);
      assertThat(theirs.dumps.marks(copy).ask("SELECT total IS NULL FROM sums")).contains("1");
    } finally {
      side.environment.put("MY_USER", "root");
      side.environment.put("MY_PASSWORD", "root");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aWholeServerComesBackWithItsAccounts(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "whole");
    Database other = create(side, "other");
    MysqlShop.fill(side, shop, user);
    side.use(
        other.name(),
        "CREATE TABLE one (id int PRIMARY KEY)",
        "INSERT INTO one VALUES (4711)",
        "GRANT INSERT (id) ON `" + other.name() + "`.one TO '" + user + "'@'%'");
    Map<String, String> before = side.ask(shop, MysqlShop::picture);
    List<String> grants = grants(side, shop);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, Dump.Scope.SERVER, parts);
    side.use("mysql", "DROP USER '" + user + "'@'%'");
    side.drop(shop);
    side.drop(other);
    side.use("mysql", "CREATE DATABASE " + shop.name());

    load(side, shop, Dump.Scope.SERVER, facts, parts);

    assertThat(side.ask(shop, MysqlShop::picture)).isEqualTo(before);
    assertThat(side.dumps.marks(other).ask("SELECT id FROM one")).contains("4711");
    assertThat(grants(side, shop)).isEqualTo(grants);
  }

  private List<String> grants(MysqlSide side, Database database) {
    return side.ask(
        database,
        handle ->
            handle.createQuery("SHOW GRANTS FOR '" + user + "'@'%'").mapTo(String.class).list());
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void whatCannotBeOneMomentIsRefusedByName(Engine engine) {
    MysqlSide side = side(engine);
    Database shop = create(side, "unfit");
    side.use(
        shop.name(), "CREATE TABLE loose (id int) ENGINE=MyISAM", "CREATE TABLE firm (id int)");

    assertFault(
        () -> side.dumps.inspect(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE)),
        "STATEMENT_REFUSED",
        shop.name() + ".loose (MyISAM)");
    assertThat(
            side.dumps
                .inspect(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE, shop.name() + ".firm"))
                .engine())
        .isEqualTo(engine == Engine.MYSQL ? "mysql" : "mariadb");
    assertFault(
        () ->
            side.dumps.inspect(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE, "elsewhere.firm")),
        "DEFINITION_WRONG",
        "elsewhere.firm");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aNameWithoutPatternsOfGrantsIsAsGood(Engine engine) {
    MysqlSide side = side(engine);
    Database plain = side.named("trial" + ProcessHandle.current().pid());
    side.use("mysql", "CREATE DATABASE " + plain.name());
    try {
      assertThat(side.dumps.inspect(plain, MysqlSide.backup(plain, Dump.Scope.DATABASE)).rows())
          .isEmpty();
    } finally {
      side.drop(plain);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void programsOfTheOtherProductAreUnfit(Engine engine) {
    MysqlSide side = side(engine);
    Engine other = engine == Engine.MYSQL ? Engine.MARIADB : Engine.MYSQL;
    assumeTrue(testbed.has("LOCKSTEP_TESTBED_" + other), other + " is no part of this testbed's");
    Database shop = create(side, "programs");
    try (MysqlSide wrong = new MysqlSide(engine, testbed, other)) {
      assertFault(
          () -> wrong.dumps.inspect(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE)),
          "CLIENT_UNFIT",
          "dump");
    }
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
          assertFault(() -> guest.dumps.inspect(shop, backup), "CREDENTIALS_REFUSED", user);
      assertThat(refused).hasMessageNotContaining("wr0ng-one");
    }
    try (MysqlSide guest = new MysqlSide(engine, testbed)) {
      guest.environment.putAll(Map.of("MY_USER", user, "MY_PASSWORD", "open sesame"));
      assertFault(
          () -> guest.dumps.inspect(shop, backup),
          "PRIVILEGE_MISSING",
          "SHOW VIEW, TRIGGER, EVENT");
      side.use(
          "mysql",
          "GRANT SHOW VIEW, TRIGGER, EVENT ON `" + shop.name() + "`.* TO '" + user + "'@'%'");
      assertFault(() -> guest.dumps.inspect(shop, backup), "PRIVILEGE_MISSING", "mysql.*");
      side.use("mysql", "GRANT SELECT ON mysql.* TO '" + user + "'@'%'");
      assertThat(guest.dumps.inspect(shop, backup).bytes()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aKilledProgramDoesNotLookComplete(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "killed");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session =
        side.dumps.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream stream = part(session, "database.sql").open();
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      ProcessHandle.current()
          .descendants()
          .filter(
              process -> process.info().commandLine().orElse("").contains("--single-transaction"))
          .filter(process -> process.info().commandLine().orElse("").contains(shop.name()))
          .forEach(ProcessHandle::destroyForcibly);
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
    try (DumpSession session =
        side.dumps.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream stream = part(session, "database.sql").open();
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      calm.stop();
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
          .untilAsserted(
              () ->
                  assertThat(
                          ProcessHandle.current()
                              .descendants()
                              .map(process -> process.info().commandLine().orElse(""))
                              .filter(line -> line.contains(shop.name())))
                      .isEmpty());
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
    DumpFacts facts = dump(side, shop, Dump.Scope.DATABASE, parts);
    byte[] dump = parts.getOrDefault("database.sql", new byte[0]);
    Database copy = create(side, "copy");
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    try (LoadSession load = side.dumps.load(copy, backup, facts, calm)) {
      InputStream broken =
          new SequenceInputStream(new ByteArrayInputStream(dump, 0, dump.length / 2), new Broken());
      assertThatThrownBy(() -> load.load("database.sql", dump.length, broken, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is gone");
      byte[] nonsense =
          (new String(dump, 0, 2000, StandardCharsets.UTF_8) + "\nSELECT nonsense;\n")
              .getBytes(StandardCharsets.UTF_8);
      assertFault(() -> load(load, "database.sql", nonsense), "LOAD_FAILED", "nonsense");
      byte[] accounts = parts.getOrDefault("accounts.sql", new byte[0]);
      assertFault(
          () -> load(load, "accounts.sql", Arrays.copyOf(accounts, accounts.length - 5)),
          "LOAD_FAILED",
          "cut");
    }
    side.dumps.marks(copy).clear();
    assertThat(side.dumps.marks(copy).contents()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void marksAreKeptApartFromContents(Engine engine) {
    MysqlSide side = side(engine);
    Database shop = create(side, "marks");
    Marks marks = side.dumps.marks(shop);
    assertThat(marks.findSentinel("nightly", "1")).isEmpty();
    assertThat(marks.claimedBy()).isEmpty();
    for (String id : List.of("1", "2", "3")) {
      marks.writeSentinel("nightly", id, "value " + id);
    }
    marks.writeSentinel("other", "1", "another");
    marks.pruneSentinels("nightly", 1);
    marks.claim("run 1");
    marks.claim("run 2");

    assertThat(marks.contents()).isEmpty();
    assertThat(marks.findSentinel("nightly", "2")).isEmpty();
    assertThat(marks.findSentinel("nightly", "3")).contains("value 3");
    assertThat(marks.findSentinel("other", "1")).contains("another");
    assertThat(marks.claimedBy()).contains("run 2");
    MysqlShop.fill(side, shop, user);
    assertThat(marks.contents()).hasSize(8).contains("event clean", "view sums", "table kinds");
    marks.clear();
    assertThat(marks.contents()).isEmpty();
    assertThat(marks.findSentinel("nightly", "3")).isEmpty();
    assertThat(marks.claimedBy()).contains("run 2");
    marks.release();
    assertThat(marks.claimedBy()).isEmpty();
    assertFault(() -> marks.ask("SELECT nothing"), "OBJECT_UNEXPECTED", "nothing");
  }
}
