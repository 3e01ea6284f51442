package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real MySQL and MariaDB without a client program: the same as {@link MysqlDumpRealIT}. */
final class MysqlPortableRealIT extends MysqlCopies {
  MysqlPortableRealIT() {
    super("porter", side -> side.portable);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void everythingComesBackInANewDatabase(Engine engine) throws IOException {
    Copied copied = comeBack(engine);
    MysqlSide side = copied.side();
    DumpFacts facts = copied.facts();
    Database copy = copied.copy();

    assertThat(copied.parts().keySet())
        .containsExactly(
            "accounts.sql",
            "tables.sql",
            "00002-kinds.rows",
            "00003-lockstep_sentinel.rows",
            "00004-moved.rows",
            "00005-odd__name_.rows",
            "objects.sql",
            "grants.sql");
    assertThat(facts.rows())
        .containsEntry(copied.shop().name() + ".kinds", 901L)
        .containsEntry(copied.shop().name() + ".odd `name`", 3L);
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

  /** Two threads take the parts, as the pipeline does. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void partsThatAreOpenedAtOnceWaitForEachOther(Engine engine) throws Exception {
    MysqlSide side = side(engine);
    Database shop = create(side, "two");
    MysqlShop.fill(side, shop, user);
    try (DumpSession session =
        side.portable.dump(shop, MysqlSide.backup(shop, Dump.Scope.DATABASE), calm)) {
      InputStream first = part(session, "-kinds.rows").open();
      assertThat(first.read()).isPositive();
      AtomicInteger second = new AtomicInteger();
      Thread waiting =
          new Thread(
              () -> {
                try (InputStream stream = part(session, "-moved.rows").open()) {
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
  void aTableThatIsNotThereIsNamed(Engine engine) {
    MysqlSide side = side(engine);
    Database shop = create(side, "some");
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
      InputStream stream = part(session, "-much.rows").open();
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
      InputStream stream = part(session, "-much.rows").open();
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      calm.stop();
      Awaitility.await()
          .atMost(3, TimeUnit.MINUTES)
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
            handle.createQuery("SHOW PROCESSLIST").mapToMap().stream()
                .filter(session -> shop.name().equals(session.get("db")))
                .filter(session -> !"Sleep".equals(session.get("command")))
                .map(session -> Long.valueOf(String.valueOf(session.get("id"))))
                .toList());
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
}
