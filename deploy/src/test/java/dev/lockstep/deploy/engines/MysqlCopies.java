package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.deploy.testbed.Testbed;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each way to copy a MySQL or MariaDB, and what its tests need. */
abstract class MysqlCopies {
  private static final AtomicInteger USERS = new AtomicInteger();

  final Testbed testbed = Testbed.read();
  final Calm calm = new Calm();
  final String user;

  private final Function<MysqlSide, DumpEngine> way;
  private final List<Runnable> cleanup = new ArrayList<>();

  /**
   * Tests of one way.
   *
   * @param name of the users that they make
   */
  MysqlCopies(String name, Function<MysqlSide, DumpEngine> way) {
    this.user = name + ProcessHandle.current().pid() + USERS.incrementAndGet();
    this.way = way;
  }

  @AfterEach
  void cleanUp() {
    cleanup.forEach(Runnable::run);
  }

  final MysqlSide side(Engine engine) {
    assumeTrue(testbed.has("LOCKSTEP_TESTBED_" + engine), engine + " is no part of this testbed's");
    MysqlSide side = new MysqlSide(engine, testbed);
    cleanup.add(0, side::close);
    cleanup.add(0, () -> side.use("mysql", "DROP USER IF EXISTS '" + user + "'@'%'"));
    return side;
  }

  final Database create(MysqlSide side, String kind) {
    Database database = side.create(kind);
    cleanup.add(0, () -> side.drop(database));
    return database;
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
      Awaitility.await().atMost(3, TimeUnit.MINUTES).until(() -> transfers.get() > 20);
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
    DumpFacts facts = dump(side, shop, all);
    Database loaded = create(side, "loaded");
    load(side, loaded, facts, all, shop.name() + ".moved");
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
    DumpFacts chosen = dump(side, shop, some, "odd `name`");
    Database dumped = create(side, "dumped");
    load(side, dumped, chosen, some);
    assertThat(side.dumps.marks(dumped).contents()).containsExactly("table odd `name`");
    assertThat(side.dumps.marks(dumped).findSentinel("nightly", "1")).contains("value");
  }

  /**
   * A database that was dumped, dropped with its user, and loaded.
   *
   * @param shop what is no more
   */
  record Copied(
      MysqlSide side, Database shop, Database copy, DumpFacts facts, Map<String, byte[]> parts) {}

  /** Everything that {@link MysqlShop} has comes back, the sentinel too, and no claim. */
  final Copied comeBack(Engine engine) throws IOException {
    MysqlSide side = side(engine);
    DumpEngine trial = way.apply(side);
    Database shop = create(side, "shop");
    MysqlShop.fill(side, shop, user);
    trial.marks(shop).writeSentinel("nightly", "1", "value");
    trial.marks(shop).claim("an earlier run");
    Map<String, String> before = side.ask(shop, MysqlShop::picture);

    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(side, shop, parts);
    side.use("mysql", "DROP USER '" + user + "'@'%'");
    side.drop(shop);
    Database copy = create(side, "copy");
    load(side, copy, facts, parts);

    assertThat(side.ask(copy, MysqlShop::picture)).isEqualTo(before);
    assertThat(trial.marks(copy).findSentinel("nightly", "1")).contains("value");
    assertThat(trial.marks(copy).claimedBy()).isEmpty();
    return new Copied(side, shop, copy, facts, parts);
  }

  /** The part of a dump of that name, opened and read a little of. */
  static InputStream begun(DumpSession session, String part) throws IOException {
    InputStream stream = part(session, part).open();
    assertThat(stream.readNBytes(1000)).hasSize(1000);
    return stream;
  }

  /** Dumps a database, or tables of it, into memory. */
  final DumpFacts dump(
      MysqlSide side, Database database, Map<String, byte[]> parts, String... tables)
      throws IOException {
    return dump(side, database, Dump.Scope.DATABASE, parts, tables);
  }

  final DumpFacts dump(
      MysqlSide side,
      Database database,
      Dump.Scope scope,
      Map<String, byte[]> parts,
      String... tables)
      throws IOException {
    try (DumpSession session =
        way.apply(side).dump(database, MysqlSide.backup(database, scope, tables), calm)) {
      for (DumpSession.Part part : session.parts()) {
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      return session.end();
    }
  }

  /** Loads what was dumped, or tables of it. */
  final void load(
      MysqlSide side, Database target, DumpFacts facts, Map<String, byte[]> parts, String... tables)
      throws IOException {
    load(side, target, Dump.Scope.DATABASE, facts, parts, tables);
  }

  final void load(
      MysqlSide side,
      Database target,
      Dump.Scope scope,
      DumpFacts facts,
      Map<String, byte[]> parts,
      String... tables)
      throws IOException {
    try (LoadSession load =
        way.apply(side).load(target, MysqlSide.backup(target, scope), facts, calm)) {
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

  static void load(LoadSession load, String name, byte[] bytes) {
    try {
      load.load(name, bytes.length, new ByteArrayInputStream(bytes), List.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part with that end of its name. */
  static DumpSession.Part part(DumpSession session, String end) {
    return session.parts().stream()
        .filter(part -> part.name().endsWith(end))
        .findFirst()
        .orElseThrow();
  }

  static Throwable assertFault(Runnable act, String code, String message) {
    Throwable failure = catchThrowable(act::run);
    assertThat(failure)
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo(code))
        .hasMessageContaining(message);
    return failure;
  }

  /** A content that breaks off. */
  static final class Broken extends InputStream {
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
