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
import dev.lockstep.deploy.testbed.Testbed;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

/** Real MySQL and MariaDB without a client program: the same as {@link MysqlDumpRealIT}. */
final class MysqlPortableRealIT {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final Testbed testbed = Testbed.read();
  private final List<Runnable> cleanup = new ArrayList<>();
  private final Calm calm = new Calm();
  private final String user = "porter" + ProcessHandle.current().pid() + USERS.incrementAndGet();

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
    side.portable.marks(shop).writeSentinel("nightly", "1", "value");
    side.portable.marks(shop).claim("an earlier run");
    Map<String, String> before = side.ask(shop, MysqlShop::picture);

    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    side.use("mysql", "DROP USER '" + user + "'@'%'");
    side.drop(shop);
    Database copy = create(side, "copy");
    load(side, copy, facts, parts);

    assertThat(parts.keySet())
        .containsExactly(
            "accounts.sql",
            "tables.sql",
            "00002-kinds.rows",
            "00003-lockstep_sentinel.rows",
            "00004-moved.rows",
            "00005-odd__name_.rows",
            "objects.sql",
            "grants.sql");
    assertThat(side.ask(copy, MysqlShop::picture)).isEqualTo(before);
    assertThat(side.portable.marks(copy).findSentinel("nightly", "1")).contains("value");
    assertThat(side.portable.marks(copy).claimedBy()).isEmpty();
    assertThat(facts.rows())
        .containsEntry(shop.name() + ".kinds", 901L)
        .containsEntry(shop.name() + ".odd `name`", 3L);
    assertThat(side.portable.marks(copy).ask("SELECT count(v) FROM theirs"))
        .as("its owner is back and may read")
        .contains("900");
    assertThat(facts.method()).isEqualTo("portable 1");
    assertThat(facts.client()).isEmpty();
    assertThat(facts.engine()).isEqualTo(engine == Engine.MYSQL ? "mysql" : "mariadb");
  }

  /** What a text could lose: digits, bytes, dates that are none, character sets, empty members. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void valuesThatTextsLoseComeBack(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "values");
    side.use(
        shop.name(),
        "SET SESSION sql_mode = ''",
        "CREATE TABLE oddities (id int AUTO_INCREMENT PRIMARY KEY, f float, d double,"
            + " n decimal(65, 30), z int(8) unsigned zerofill, b bit(64), b1 bit(1),"
            + " da date, dt datetime(6), ts timestamp(6) NULL, t time(6), y year,"
            + " l varchar(50) CHARACTER SET latin1, u varchar(50) CHARACTER SET utf16,"
            + " s varchar(50) CHARACTER SET sjis, e enum('a', '', 'é') CHARACTER SET latin1,"
            + " m set('x', 'ÿ'), bb longblob, c char(5) CHARACTER SET binary, j json)",
        "INSERT INTO oddities (f, d, n, z, b, b1, da, dt, ts, t, y, l, u, s, e, m, bb, c, j) VALUES"
            + " (0.1, 0.1, 0.000000000000000000000000000001, 42, b'1', b'1', '0000-00-00',"
            + " '0000-00-00 00:00:00', '2026-11-26 01:02:03.456789', '-838:59:59', 0,"
            + " 'é€ÿ', 'é😀', '表示', 'é', 'x,ÿ', unhex('5c4e0a5c2e0d00095c'), 'a', '[1, \"\\\\\\\\\"]'),"
            + " (16777217.5, 1.7976931348623157e308, -1, 0, b'0', b'0', '2026-02-31',"
            + " '1000-01-01 00:00:00', NULL, '00:00:00.000001', 2155, '', '', '', 'nothing', '',"
            + " '', '', NULL),"
            + " (1.17549e-38, 5e-324, NULL, NULL, NULL, NULL, '2026-00-10', NULL, NULL, NULL, NULL,"
            + " '\\\\N', 'NULL', '\\\\.', NULL, NULL, '\\\\N', NULL, '{}')",
        "INSERT INTO oddities (id) VALUES (0)",
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
        "INSERT INTO oddities (id) VALUES (0)",
        "CREATE TABLE nothing_in_it (id int)",
        "CREATE TABLE `a :b? c` (`d :e?` int, `f` int INVISIBLE DEFAULT 4)",
        "INSERT INTO `a :b? c` (`d :e?`) VALUES (1)",
        "CREATE TABLE big (id int PRIMARY KEY, v longblob)",
        "INSERT INTO big VALUES (1, repeat(unhex('00ff0a5c27'), 1000000)), (2, NULL)");
    String question =
        "SELECT group_concat(concat_ws('|', id, hex(cast(f + 0e0 AS char)), d, n, z, hex(b),"
            + " hex(b1), da, dt, ts, t, y, hex(l), hex(u), hex(s), hex(e), e + 0, hex(m),"
            + " hex(bb), hex(c), j) ORDER BY id SEPARATOR ';') FROM oddities";
    String before = side.portable.marks(shop).ask(question).orElseThrow();

    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    Database copy = create(side, "copy");
    load(side, copy, facts, parts);

    assertThat(side.portable.marks(copy).ask(question)).contains(before);
    for (String table : List.of("oddities", "nothing_in_it", "big", "`a :b? c`")) {
      String sum = "CHECKSUM TABLE " + table + " EXTENDED";
      assertThat(checksum(side, copy, sum)).as(table).isEqualTo(checksum(side, shop, sum));
    }
  }

  private static String checksum(MysqlSide side, Database database, String query) {
    return side.ask(
        database,
        handle -> {
          // Without JDBI's parameters: a name may have a colon.
          try (Statement statement = handle.getConnection().createStatement();
              ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(2);
          } catch (SQLException e) {
            throw new IllegalStateException(query, e);
          }
        });
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
      facts = dump(side, shop, parts);
      during = transfers.get() - first;
    } finally {
      stop.set(true);
      writer.join();
    }
    Database copy = create(side, "copy");
    load(side, copy, facts, parts);

    assertThat(during).as("transfers while it was dumped").isPositive();
    assertThat(side.portable.marks(copy).ask("SELECT total FROM sums")).contains("0");
    assertThat(
            side.portable
                .marks(copy)
                .ask(
                    "SELECT count(*) = 2 * (SELECT `order` FROM `odd ``name``` WHERE `a b` = 1)"
                        + " FROM moved"))
        .as("two tables of one moment")
        .contains("1");
  }

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

  /** Two threads take the parts, as the pipeline does. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void partsThatAreOpenedAtOnceWaitForEachOther(Engine engine) throws Exception {
    MysqlSide side = side(engine);
    Database shop = create(side, "two");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session =
        side.portable.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream first = part(session, "kinds").open();
      assertThat(first.read()).isPositive();
      AtomicInteger second = new AtomicInteger();
      Thread waiting =
          new Thread(
              () -> {
                try (InputStream stream = part(session, "moved").open()) {
                  second.set(stream.readAllBytes().length);
                } catch (IOException e) {
                  second.set(-1);
                }
              });
      waiting.start();
      first.readAllBytes();
      assertThat(second).hasValue(0);
      first.close();
      waiting.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(second.get()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void onlyChosenTablesAreLoadedOrDumped(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "some");
    MysqlShop.fill(side, shop, user);
    side.portable.marks(shop).writeSentinel("nightly", "1", "value");
    Map<String, byte[]> all = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, all);
    Database loaded = create(side, "loaded");
    load(side, loaded, facts, all, shop.name() + ".moved");
    assertThat(side.portable.marks(loaded).contents()).containsExactly("table moved");
    assertThat(side.portable.marks(loaded).findSentinel("nightly", "1")).contains("value");
    side.use(
        loaded.name(),
        "SET SESSION foreign_key_checks = 0",
        "INSERT INTO moved (amount) VALUES (0)");
    assertThat(side.portable.marks(loaded).ask("SELECT amount FROM moved"))
        .as("its trigger is there")
        .contains("1");

    Map<String, byte[]> some = new LinkedHashMap<>();
    DumpFacts chosen = dump(side, shop, some, "odd `name`");
    Database dumped = create(side, "dumped");
    load(side, dumped, chosen, some);
    assertThat(side.portable.marks(dumped).contents()).containsExactly("table odd `name`");
    assertThat(side.portable.marks(dumped).findSentinel("nightly", "1")).contains("value");
    assertFault(
        () ->
            side.portable.inspect(
                shop, MysqlSide.backup(shop, Dump.Scope.DATABASE, shop.name() + ".none")),
        "OBJECT_UNEXPECTED",
        "none");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void whatCannotBeCarriedIsRefusedByName(Engine engine) {
    MysqlSide side = side(engine);
    Database shop = create(side, "unfit");
    Backup everything = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    side.use(
        shop.name(), "CREATE TABLE loose (id int) ENGINE=MyISAM", "CREATE TABLE firm (id int)");
    assertFault(
        () -> side.portable.inspect(shop, everything),
        "STATEMENT_REFUSED",
        shop.name() + ".loose (MyISAM)");
    assertThat(
            side.portable
                .inspect(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE, shop.name() + ".firm"))
                .bytes())
        .isPositive();
    side.use(shop.name(), "DROP TABLE loose");
    assertThat(side.portable.inspect(shop, everything).rows()).isEmpty();
    if (engine == Engine.MARIADB) {
      side.use(shop.name(), "CREATE SEQUENCE numbers");
      assertFault(
          () -> side.portable.inspect(shop, everything), "STATEMENT_REFUSED", "sequence numbers");
    }
    assertFault(
        () -> side.portable.inspect(shop, MysqlSide.backup(shop, Dump.Scope.SERVER)),
        "DEFINITION_WRONG",
        "one database");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void viewsThatReadEachOtherComeBack(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "views");
    side.use(
        shop.name(),
        "CREATE TABLE t (id int PRIMARY KEY)",
        "CREATE FUNCTION add_one() RETURNS int DETERMINISTIC NO SQL RETURN 1",
        "CREATE VIEW z AS SELECT id + add_one() AS id FROM t",
        "CREATE VIEW m AS SELECT id FROM z",
        "CREATE VIEW a AS SELECT m.id FROM m JOIN z ON m.id = z.id",
        "INSERT INTO t VALUES (1)");
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    Database copy = create(side, "copy");

    load(side, copy, facts, parts);

    assertThat(side.portable.marks(copy).ask("SELECT id FROM a")).contains("2");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void anEndedSessionDoesNotLookComplete(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = filled(side);
    try (DumpSession session =
        side.portable.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream stream = part(session, "much").open();
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      killSessions(side, shop);
      Throwable cut = catchThrowable(stream::readAllBytes);
      assertThat(cut).isInstanceOf(IOException.class);
      assertThat(cut.getCause()).isInstanceOf(ApplicationFailure.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aStoppedActivityEndsItsSession(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = filled(side);
    try (DumpSession session =
        side.portable.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream stream = part(session, "much").open();
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      calm.stop();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(reading(side, shop)).isEmpty());
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(ActivityCanceledException.class);
    }
  }

  /** A table that does not fit into the buffers between the server and us. */
  private Database filled(MysqlSide side) {
    Database shop = create(side, "much");
    side.use(
        shop.name(),
        "CREATE TABLE much (id int AUTO_INCREMENT PRIMARY KEY, v longblob)",
        "INSERT INTO much (v) VALUES (repeat('x', 1000000)), (repeat('y', 1000000))",
        "INSERT INTO much (v) SELECT a.v FROM much a JOIN much b JOIN much c JOIN much d JOIN much e");
    return shop;
  }

  private static List<Long> reading(MysqlSide side, Database shop) {
    return side.ask(
        side.named("mysql"),
        handle ->
            handle
                .select(
                    "SELECT id FROM information_schema.processlist WHERE db = ?"
                        + " AND command <> 'Sleep'",
                    shop.name())
                .mapTo(Long.class)
                .list());
  }

  private static void killSessions(MysqlSide side, Database shop) {
    List<Long> ids = reading(side, shop);
    assertThat(ids).isNotEmpty();
    ids.forEach(id -> side.use("mysql", "KILL " + id));
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aCutContentIsNoLoad(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "cut");
    MysqlShop.fill(side, shop, user);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    Database copy = create(side, "copy");
    byte[] rows = parts.getOrDefault("00002-kinds.rows", new byte[0]);
    byte[] tables = parts.getOrDefault("tables.sql", new byte[0]);
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    try (LoadSession load = side.portable.load(copy, backup, facts, calm)) {
      assertFault(
          () -> load(load, "tables.sql", Arrays.copyOf(tables, tables.length - 5)),
          "LOAD_FAILED",
          "cut");
      load(load, "tables.sql", tables);
      InputStream broken =
          new SequenceInputStream(new ByteArrayInputStream(rows, 0, rows.length / 2), new Broken());
      assertThatThrownBy(() -> load.load("00002-kinds.rows", rows.length, broken, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is gone");
      assertFault(
          () -> load(load, "00002-kinds.rows", Arrays.copyOf(rows, rows.length / 2)),
          "LOAD_FAILED",
          "");
      assertFault(() -> load(load, "objects.sql", rows), "LOAD_FAILED", "cut, or no script");
      byte[] nonsense =
          new String(tables, StandardCharsets.UTF_8)
              .replaceFirst("CREATE TABLE", "CREATE NONSENSE")
              .getBytes(StandardCharsets.UTF_8);
      assertFault(() -> load(load, "tables.sql", nonsense), "LOAD_FAILED", "NONSENSE");
    }
    side.portable.marks(copy).clear();
    assertThat(side.portable.marks(copy).contents()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void backupsOfOtherMethodsAreNotTaken(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    Database shop = create(side, "other");
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    Backup backup = MysqlSide.backup(shop, Dump.Scope.DATABASE);
    DumpFacts theirs =
        new DumpFacts(
            facts.engine(),
            facts.serverVersion(),
            "",
            "mysqldump plain",
            facts.snapshot(),
            facts.position(),
            facts.endPosition(),
            facts.bytes(),
            facts.rows());
    assertFault(
        () -> side.portable.load(shop, backup, theirs, calm).close(),
        "DEFINITION_WRONG",
        "mysqldump plain");
  }

  private DumpFacts dump(
      MysqlSide side, Database database, Map<String, byte[]> parts, String... tables)
      throws IOException {
    try (DumpSession session =
        side.portable.dump(
            database, MysqlSide.backup(database, Dump.Scope.DATABASE, tables), calm)) {
      for (DumpSession.Part part : session.parts()) {
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      return session.end();
    }
  }

  private void load(
      MysqlSide side, Database target, DumpFacts facts, Map<String, byte[]> parts, String... tables)
      throws IOException {
    try (LoadSession load =
        side.portable.load(target, MysqlSide.backup(target, Dump.Scope.DATABASE), facts, calm)) {
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

  private static DumpSession.Part part(DumpSession session, String table) {
    return session.parts().stream()
        .filter(part -> part.name().endsWith("-" + table + ".rows"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertFault(Runnable act, String code, String message) {
    assertThat(catchThrowable(act::run))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo(code))
        .hasMessageContaining(message);
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
