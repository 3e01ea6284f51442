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
import dev.lockstep.deploy.testbed.Testbed;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real MySQL and MariaDB: what went in comes back, and nothing that was cut looks whole. */
final class MysqlDumpRealIT {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final Testbed testbed = Testbed.read();
  private final List<Runnable> cleanup = new ArrayList<>();
  private final Calm calm = new Calm();
  private final String user = "teller" + ProcessHandle.current().pid() + USERS.incrementAndGet();

  @AfterEach
  void cleanUp() {
    cleanup.forEach(Runnable::run);
  }

  private MysqlSide side(Engine engine) {
    assumeTrue(testbed.has("LOCKSTEP_TESTBED_" + engine), engine + " is no part of this testbed's");
    MysqlSide side = new MysqlSide(engine, testbed);
    cleanup.add(0, side::close);
    cleanup.add(0, () -> side.use("mysql", "DROP USER IF EXISTS '" + user + "'@'%'"));
    return side;
  }

  private Database create(MysqlSide side, String kind) {
    Database database = side.create(kind);
    cleanup.add(0, () -> side.drop(database));
    return database;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void everythingComesBackInANewDatabase(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "shop");
    MysqlShop.fill(side, shop, user);
    side.dumps.marks(shop).writeSentinel("nightly", "1", "value");
    side.dumps.marks(shop).claim("an earlier run");
    Map<String, String> before = side.ask(shop, MysqlShop::picture);

    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, Dump.Scope.DATABASE, parts);
    side.use("mysql", "DROP USER '" + user + "'@'%'");
    side.drop(shop);
    Database copy = create(side, "copy");
    load(side, copy, Dump.Scope.DATABASE, facts, parts);

    assertThat(parts.keySet()).containsExactly("accounts.sql", "database.sql", "grants.sql");
    assertThat(side.ask(copy, MysqlShop::picture)).isEqualTo(before);
    assertThat(side.dumps.marks(copy).findSentinel("nightly", "1")).contains("value");
    assertThat(side.dumps.marks(copy).claimedBy()).isEmpty();
    assertThat(side.dumps.marks(copy).count(List.of(shop.name() + ".kinds", "x.none")))
        .containsExactly(Map.entry(shop.name() + ".kinds", 901L));
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
  void aDumpUnderWritesShowsOneMoment(Engine engine) throws Exception {
    MysqlSide side = side(engine);
    Database shop = create(side, "busy");
    MysqlShop.fill(side, shop, user);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger transfers = new AtomicInteger();
    Thread writer = new Thread(() -> transfer(side, shop, stop, transfers));
    writer.start();
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts;
    int during;
    try {
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> transfers.get() > 20);
      int first = transfers.get();
      facts = dump(side, shop, Dump.Scope.DATABASE, parts);
      during = transfers.get() - first;
    } finally {
      stop.set(true);
      writer.join();
    }
    Database copy = create(side, "copy");
    load(side, copy, Dump.Scope.DATABASE, facts, parts);

    assertThat(during).as("transfers while it was dumped").isPositive();
    assertThat(side.dumps.marks(copy).ask("SELECT total FROM sums")).contains("0");
    assertThat(
            side.dumps
                .marks(copy)
                .ask(
                    "SELECT count(*) = 2 * (SELECT `order` FROM `odd ``name``` WHERE `a b` = 1)"
                        + " FROM moved"))
        .as("two tables of one moment")
        .contains("1");
  }

  /** Each transaction leaves the sum as it was, and counts itself in another table. */
  private static void transfer(
      MysqlSide side, Database shop, AtomicBoolean stop, AtomicInteger transfers) {
    side.databases
        .open(shop)
        .useHandle(
            handle -> {
              while (!stop.get()) {
                handle.useTransaction(
                    inside -> {
                      inside.execute("INSERT INTO moved (kind, amount) VALUES (1, 7), (2, -7)");
                      inside.execute(
                          "UPDATE `odd ``name``` SET `order` = coalesce(`order`, 0) + 1"
                              + " WHERE `a b` = 1");
                    });
                transfers.incrementAndGet();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void onlyChosenTablesAreLoadedOrDumped(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "some");
    MysqlShop.fill(side, shop, user);
    side.dumps.marks(shop).writeSentinel("nightly", "1", "value");
    Map<String, byte[]> all = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, Dump.Scope.DATABASE, all);
    Database loaded = create(side, "loaded");
    load(side, loaded, Dump.Scope.DATABASE, facts, all, shop.name() + ".moved");
    assertThat(side.dumps.marks(loaded).contents()).containsExactly("table moved");
    assertThat(side.dumps.marks(loaded).findSentinel("nightly", "1")).contains("value");
    side.use(
        loaded.name(),
        "SET SESSION foreign_key_checks = 0",
        "INSERT INTO moved (amount) VALUES (0)");
    assertThat(side.dumps.marks(loaded).ask("SELECT amount FROM moved"))
        .as("its trigger is there")
        .contains("1");

    Map<String, byte[]> some = new LinkedHashMap<>();
    DumpFacts chosen = dump(side, shop, Dump.Scope.DATABASE, some, "odd `name`");
    Database dumped = create(side, "dumped");
    load(side, dumped, Dump.Scope.DATABASE, chosen, some);
    assertThat(side.dumps.marks(dumped).contents()).containsExactly("table odd `name`");
    assertThat(side.dumps.marks(dumped).findSentinel("nightly", "1")).contains("value");
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
          .atMost(20, TimeUnit.SECONDS)
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

  private DumpFacts dump(
      MysqlSide side,
      Database database,
      Dump.Scope scope,
      Map<String, byte[]> parts,
      String... tables)
      throws IOException {
    try (DumpSession session =
        side.dumps.dump(database, MysqlSide.backup(database, scope, tables), calm)) {
      for (DumpSession.Part part : session.parts()) {
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      return session.end();
    }
  }

  private void load(
      MysqlSide side,
      Database target,
      Dump.Scope scope,
      DumpFacts facts,
      Map<String, byte[]> parts,
      String... tables)
      throws IOException {
    try (LoadSession load = side.dumps.load(target, MysqlSide.backup(target, scope), facts, calm)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        load.load(
            part.getKey(),
            part.getValue().length,
            new ByteArrayInputStream(part.getValue()),
            List.of(tables));
      }
      load.finish();
    }
  }

  private static void load(LoadSession load, String name, byte[] bytes) {
    try {
      load.load(name, bytes.length, new ByteArrayInputStream(bytes), List.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DumpSession.Part part(DumpSession session, String name) {
    return session.parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Throwable assertFault(Runnable act, String code, String message) {
    Throwable failure = catchThrowable(act::run);
    assertThat(failure)
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo(code))
        .hasMessageContaining(message);
    return failure;
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the store is gone");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }
}
