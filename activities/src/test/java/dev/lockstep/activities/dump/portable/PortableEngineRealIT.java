package dev.lockstep.activities.dump.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.postgres.catalogue.SchemaSnapshot;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.plan.TableName;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PortableEngineRealIT {
  private static final String END = "\\.\n";

  private final Database shop = TestServer.newDatabase();
  private final Database copy = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final RecordingReporter reporter = new RecordingReporter();
  private final PortableEngine engine =
      new PortableEngine(databases, PortableEngineRealIT::noMarks);

  private static Marks noMarks(Database database) {
    throw new IllegalStateException("nobody asks for marks of " + database.name());
  }

  @AfterEach
  void drop() {
    databases.close();
    TestServer.drop(shop);
    TestServer.drop(copy);
  }

  private static Backup backup(String... tables) {
    return backup(Dump.DEFAULT, tables);
  }

  private static Backup backup(Dump dump, String... tables) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.PORTABLE,
        dump,
        List.of(tables),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  /** Everything that this method carries. */
  private void fill() {
    TestServer.execute(
        shop,
        "CREATE SCHEMA \"Odd schema\"",
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy')",
        "CREATE SEQUENCE numbers AS integer START WITH 5 INCREMENT BY 5 MAXVALUE 500 CYCLE CACHE 3",
        "SELECT nextval('numbers')",
        "CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY"
            + " (SEQUENCE NAME ids START WITH 100) PRIMARY KEY, email text COLLATE \"C\" NOT NULL,"
            + " number integer DEFAULT nextval('numbers'), feeling mood DEFAULT 'it''s ok',"
            + " born date, shouted text GENERATED ALWAYS AS (upper(email)) STORED,"
            + " at timestamptz(3) DEFAULT now(), CONSTRAINT grown CHECK (born < '2020-01-01'),"
            + " CONSTRAINT once UNIQUE (email) DEFERRABLE INITIALLY DEFERRED)"
            + " WITH (fillfactor = 70, autovacuum_enabled = false)",
        "CREATE TABLE \"Odd schema\".\"Odd %20 \"\"table\"\"\" (id serial PRIMARY KEY,"
            + " \"a b\" text, customer bigint REFERENCES customers ON DELETE CASCADE,"
            + " dropped text, during tsrange, EXCLUDE USING gist (during WITH &&))",
        "ALTER TABLE \"Odd schema\".\"Odd %20 \"\"table\"\"\" DROP COLUMN dropped",
        "CREATE TABLE types (i2 smallint, i4 integer, i8 bigint, n numeric, n2 numeric(12, 3),"
            + " f4 real, f8 double precision, m money, t text, v varchar, v20 varchar(20),"
            + " c char(4), b bytea, d date, tm time(2), tz timetz, ts timestamp, tstz timestamptz,"
            + " iv interval, iv2 interval day to second(3), bo boolean, u uuid, j json, jb jsonb,"
            + " x xml, a integer[], aa text[][], e mood[], bi bit(5), bv varbit, ip inet,"
            + " ci cidr, mac macaddr, p point, pl polygon, r int4range, mr nummultirange,"
            + " ts_v tsvector, oi oid, rc regclass, \"char\" \"char\")",
        "ALTER TABLE types REPLICA IDENTITY FULL",
        "CREATE UNLOGGED TABLE scratch (a integer, b integer, c integer NOT NULL)",
        "CREATE TABLE nothing ()",
        "CREATE UNIQUE INDEX by_mood ON customers (lower(email), feeling DESC NULLS LAST)"
            + " INCLUDE (number) WHERE number > 3",
        "CREATE UNIQUE INDEX scratch_key ON scratch (c)",
        "ALTER TABLE scratch REPLICA IDENTITY USING INDEX scratch_key",
        "ALTER TABLE scratch CLUSTER ON scratch_key",
        "ALTER TABLE scratch ADD CONSTRAINT small CHECK (a < 10) NOT VALID",
        "CREATE VIEW b_first AS SELECT id, email FROM customers",
        "CREATE VIEW a_second WITH (security_barrier = true) AS SELECT count(*) AS n FROM b_first",
        "COMMENT ON TABLE customers IS 'it''s\n--comment 3 lines for x\n; \\'",
        "COMMENT ON COLUMN customers.email IS 'where to'",
        "COMMENT ON CONSTRAINT grown ON customers IS 'old enough'",
        "COMMENT ON INDEX by_mood IS 'fast'",
        "COMMENT ON VIEW a_second IS 'few'",
        "COMMENT ON TYPE mood IS 'how'",
        "COMMENT ON SEQUENCE numbers IS 'fives'",
        "INSERT INTO customers (email, born) SELECT 'c' || n || '@x', '2000-01-01'"
            + " FROM generate_series(1, 5000) n",
        "INSERT INTO customers (email, number, feeling) VALUES"
            + " (E'tab\\t nl\\n cr\\r bs\\\\ quote'' \\\\. \\b', NULL, NULL), ('\\N', 1, 'sad'), ('', 2, 'sad')",
        "INSERT INTO \"Odd schema\".\"Odd %20 \"\"table\"\"\" (\"a b\", customer, during)"
            + " VALUES (E'\\\\.\\n', 100, '[2026-01-01, 2026-02-01)'), (NULL, NULL, NULL)",
        "INSERT INTO types VALUES (-1, 2, 3, 'NaN', 1.500, 1.2345678, 0.1::float8 + 0.2, 12.34, 't',"
            + " 'v', 'w', 'c', '\\x00ff0a5c', '0044-03-15 BC', '01:02:03.45', '01:02:03+02',"
            + " 'infinity', '2026-03-29 02:30:00.123456+02', '1 mon -2 days 03:04:05.678',"
            + " '1 02:03:04.567', true, '123e4567-e89b-12d3-a456-426614174000', '{\"a\" : 1}',"
            + " '{\"b\": [1, null]}', '<a>1</a>', '{1,NULL,3}', '{{\"a,b\",\"c\"},{\"NULL\",NULL}}',"
            + " '{sad}', '10101', '1', '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '(1,2)',"
            + " '((0,0),(1,1),(1,0))', '[1,5)', '{[1,2),[3,4)}', 'a:1 fat:2', 42, 'customers', 'x')",
        "INSERT INTO types DEFAULT VALUES",
        "INSERT INTO scratch VALUES (1, 2, 3)",
        "INSERT INTO nothing DEFAULT VALUES",
        "CREATE SCHEMA lockstep",
        "CREATE TABLE lockstep.sentinel (id text PRIMARY KEY, value text)",
        "INSERT INTO lockstep.sentinel VALUES ('1', 'value')",
        "CREATE TABLE lockstep.runs (id serial PRIMARY KEY)");
  }

  private static final List<TableName> TABLES =
      List.of(
          new TableName("public", "customers"),
          new TableName("Odd schema", "Odd %20 \"table\""),
          new TableName("public", "types"),
          new TableName("public", "scratch"),
          new TableName("public", "nothing"),
          new TableName("public", "b_first"),
          new TableName("public", "a_second"),
          new TableName("lockstep", "sentinel"));

  private SchemaSnapshot schema(Database database) {
    return databases.open(database).withHandle(handle -> SchemaSnapshot.read(handle, TABLES));
  }

  /** Every row of every table as the server writes it, and where every sequence is. */
  private Map<String, String> contents(Database database) {
    Map<String, String> contents = new TreeMap<>();
    for (TableName table : TABLES) {
      String name = "\"" + table.schema() + "\".\"" + table.name().replace("\"", "\"\"") + "\"";
      contents.put(
          name,
          ask(
              database,
              "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '')"
                  + " FROM "
                  + name
                  + " t"));
    }
    for (String sequence :
        List.of("numbers", "ids", "\"Odd schema\".\"Odd %20 \"\"table\"\"_id_seq\"")) {
      contents.put(
          sequence, ask(database, "SELECT last_value || ' ' || is_called FROM " + sequence));
    }
    contents.put(
        "enum",
        ask(database, "SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"));
    contents.put(
        "numbers",
        ask(database, "SELECT s::text FROM pg_sequences s WHERE sequencename = 'numbers'"));
    contents.put("comment", ask(database, "SELECT obj_description('mood'::regtype, 'pg_type')"));
    return contents;
  }

  private String ask(Database database, String query) {
    return databases
        .open(database)
        .withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  @Test
  void whatIsAcceptedComesBackEqual() throws IOException {
    fill();
    SchemaSnapshot schema = schema(shop);
    Map<String, String> contents = contents(shop);

    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(backup(), parts);
    load(facts, parts, List.of());

    assertThat(schema(copy).lines()).containsExactlyElementsOf(schema.lines());
    assertThat(contents(copy)).isEqualTo(contents);
    assertThat(parts).hasSize(8);
    assertThat(facts.rows())
        .containsEntry("public.customers", 5003L)
        .containsEntry("public.types", 2L)
        .containsEntry("Odd schema.Odd %20 \"table\"", 2L)
        .hasSize(6);
    assertThat(facts.position()).isPresent();
    assertThat(facts.endPosition()).isPresent();
    assertThat(facts.bytes()).isPositive();
    assertThat(ask(copy, "SELECT to_regclass('lockstep.runs') IS NULL")).isEqualTo("t");
  }

  @Test
  void allPartsShowOneMomentWhateverHappensMeanwhile() throws IOException {
    TestServer.execute(
        shop,
        "CREATE TABLE a (id int PRIMARY KEY)",
        "CREATE TABLE b (id int PRIMARY KEY)",
        "INSERT INTO a VALUES (1)",
        "INSERT INTO b VALUES (1)");
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts;
    try (DumpSession session = engine.dump(shop, backup(), reporter)) {
      for (DumpSession.Part part : session.parts()) {
        TestServer.execute(
            shop,
            "INSERT INTO a SELECT max(id) + 1 FROM a",
            "DELETE FROM b",
            "INSERT INTO b VALUES (7), (8)");
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      facts = session.end();
    }
    load(facts, parts, List.of());

    assertThat(ask(copy, "SELECT string_agg(id::text, ',') FROM a")).isEqualTo("1");
    assertThat(ask(copy, "SELECT string_agg(id::text, ',') FROM b")).isEqualTo("1");
  }

  @Test
  void onlyChosenTablesAreDumpedOrLoaded() throws IOException {
    fill();
    Map<String, byte[]> some = new LinkedHashMap<>();
    dump(backup("scratch"), some);
    assertThat(some.keySet())
        .containsExactly(
            "schema.sql", "00001-lockstep.sentinel.copy", "00002-public.scratch.copy", "rest.sql");

    Map<String, byte[]> all = new LinkedHashMap<>();
    DumpFacts facts = dump(backup(), all);
    load(facts, all, List.of("Odd schema.Odd %20 \"table\""));
    assertThat(
            ask(
                copy,
                "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class c"
                    + " WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text"
                    + " NOT IN ('pg_catalog', 'information_schema')"))
        .isEqualTo("Odd %20 \"table\",sentinel");
    assertThat(ask(copy, "SELECT count(*) FROM \"Odd schema\".\"Odd %20 \"\"table\"\"\""))
        .isEqualTo("2");
    assertFault(() -> engine.inspect(shop, backup("public.none")), "OBJECT_UNEXPECTED", "none");
  }

  static Stream<List<String>> notCarried() {
    return Stream.of(
        List.of(
            "function public.f(integer)",
            "CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql AS 'SELECT i'"),
        List.of(
            "trigger tr on public.t",
            "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
        List.of("materialized view public.m", "CREATE MATERIALIZED VIEW m AS SELECT * FROM t"),
        List.of("partitioned table public.p", "CREATE TABLE p (i int) PARTITION BY RANGE (i)"),
        List.of("table public.t (inheritance)", "CREATE TABLE child () INHERITS (t)"),
        List.of("table public.t (row security)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY"),
        List.of("policy po on public.t", "CREATE POLICY po ON t USING (true)"),
        List.of("domain public.positive", "CREATE DOMAIN positive AS int CHECK (VALUE > 0)"),
        List.of("type public.pair", "CREATE TYPE pair AS (a int, b int)"),
        List.of("type public.span", "CREATE TYPE span AS RANGE (subtype = date)"),
        List.of("rule ru on public.t", "CREATE RULE ru AS ON DELETE TO t DO INSTEAD NOTHING"),
        List.of("statistics st", "CREATE STATISTICS st ON a, b FROM t"),
        List.of("publication pu", "CREATE PUBLICATION pu FOR TABLE t"),
        List.of("large object 4711", "SELECT lo_create(4711)"),
        List.of("column public.t.b (storage", "ALTER TABLE t ALTER b SET STORAGE EXTERNAL"),
        List.of("column public.t.a (storage", "ALTER TABLE t ALTER a SET STATISTICS 500"),
        List.of(
            "table public.t (toast options)",
            "ALTER TABLE t SET (toast.autovacuum_enabled = false)"),
        List.of("collation co", "CREATE COLLATION co FROM \"C\""),
        List.of(
            "operator public.===(integer,integer)",
            "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)"),
        List.of(
            "text search configuration tc", "CREATE TEXT SEARCH CONFIGURATION tc (COPY = simple)"),
        List.of("type public.shell", "CREATE TYPE shell"),
        List.of("cast ", "CREATE CAST (int AS inet) WITH INOUT"),
        List.of(
            "default of view column public.v 1",
            "CREATE VIEW v AS SELECT a FROM t; ALTER VIEW v ALTER a SET DEFAULT 1"));
  }

  @ParameterizedTest
  @MethodSource("notCarried")
  void whatIsNotCarriedIsRefusedByName(List<String> object) {
    TestServer.execute(shop, "CREATE TABLE t (a int, b text)");
    engine.inspect(shop, backup());
    TestServer.execute(shop, object.get(1));

    assertFault(() -> engine.inspect(shop, backup()), "STATEMENT_REFUSED", object.get(0));
    assertFault(() -> engine.dump(shop, backup(), reporter), "STATEMENT_REFUSED", object.get(0));
  }

  @Test
  void atMostTenAreNamed() {
    for (int i = 0; i < 13; i++) {
      TestServer.execute(shop, "CREATE DOMAIN d" + (10 + i) + " AS int");
    }

    assertFault(
        () -> engine.inspect(shop, backup()),
        "STATEMENT_REFUSED",
        "domain public.d19 and 3 more: use");
  }

  @Test
  void whatMayNotBeReadIsTold() {
    TestServer.execute(shop, "CREATE TABLE secret (a serial)");
    TestServer.requirePassword(TestServer.GUEST);
    TestServer.environment().put("GUEST_USER", TestServer.GUEST);
    TestServer.environment().put("GUEST_PASSWORD", TestServer.PASSWORD);
    Database guest = TestServer.as(shop, "GUEST_USER", "GUEST_PASSWORD");

    assertFault(
        () -> engine.inspect(guest, backup()), "PRIVILEGE_MISSING", "secret, public.secret_a_seq");
  }

  @Test
  void otherProductsAndWholeServersAreNotCarried() {
    Database mysql =
        new Database("m", Engine.MYSQL, shop.connection(), shop.credentials(), shop.workloads());
    Dump server =
        new Dump(
            Dump.Through.CLIENT,
            Dump.Format.CUSTOM,
            Dump.Scope.SERVER,
            Optional.empty(),
            Optional.empty());

    assertFault(() -> engine.inspect(mysql, backup()), "DEFINITION_WRONG", "MYSQL");
    assertFault(() -> engine.inspect(shop, backup(server)), "DEFINITION_WRONG", "not a server");
  }

  @Test
  void aServerThatGoesAwayGivesNoWholePart() throws IOException {
    TestServer.execute(
        shop, "CREATE TABLE big AS SELECT repeat('x', 1000) AS t FROM generate_series(1, 50000)");
    try (DumpSession session = engine.dump(shop, backup(), reporter);
        InputStream stream = session.parts().get(1).open()) {
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      TestServer.execute(
          copy,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + shop.name()
              + "' AND query LIKE 'COPY%'");
      Throwable cut = catchThrowable(stream::readAllBytes);
      assertThat(cut).isInstanceOf(IOException.class);
      assertThat(cut.getCause())
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              e -> assertThat(e.getType()).isEqualTo("SERVER_UNREACHABLE"))
          .hasMessageContaining("public.big");
    }
  }

  @Test
  void aMomentWhoseSessionIsGoneIsReadAnewByTheNextAttempt() throws IOException {
    TestServer.execute(shop, "CREATE TABLE small (id int)");
    try (DumpSession session = engine.dump(shop, backup(), reporter)) {
      TestServer.execute(
          copy,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + shop.name()
              + "'");

      assertFault(
          () -> opened(session.parts().get(1)), "SERVER_UNREACHABLE", "the moment of the dump");
    }
  }

  private static void opened(DumpSession.Part part) {
    try (InputStream stream = part.open()) {
      assertThat(stream).isNull();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aStoppedActivityReadsNoFurther() throws IOException {
    TestServer.execute(
        shop, "CREATE TABLE big AS SELECT repeat('x', 1000) AS t FROM generate_series(1, 50000)");
    try (DumpSession session = engine.dump(shop, backup(), reporter);
        InputStream stream = session.parts().get(1).open()) {
      assertThat(stream.readNBytes(1000)).hasSize(1000);
      reporter.cancel();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> sessions("query LIKE 'COPY%' AND state = 'active'").equals("0"));
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(ActivityCanceledException.class);
    }
    assertThat(sessions("state LIKE 'idle in%'")).isEqualTo("0");
  }

  private String sessions(String which) {
    return ask(
        copy,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + shop.name() + "' AND " + which);
  }

  @Test
  void cutOrChangedContentIsNotLoaded() throws IOException {
    TestServer.execute(
        shop, "CREATE TABLE t (a int)", "INSERT INTO t SELECT generate_series(1, 1000)");
    Map<String, byte[]> parts = new LinkedHashMap<>();
    DumpFacts facts = dump(backup(), parts);
    String name = "00001-public.t.copy";
    byte[] rows = parts.getOrDefault(name, new byte[0]);
    byte[] schema = parts.getOrDefault("schema.sql", new byte[0]);
    try (LoadSession load = engine.load(copy, backup(), facts, reporter)) {
      assertLoadFails(load, "schema.sql", Arrays.copyOf(schema, schema.length - 3), "cut");
      load.load("schema.sql", schema.length, new ByteArrayInputStream(schema), List.of());
      assertThatThrownBy(
              () ->
                  load.load(
                      name,
                      rows.length,
                      new SequenceInputStream(
                          new ByteArrayInputStream(rows, 0, rows.length / 2), new Broken()),
                      List.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is gone");
      assertLoadFails(load, name, Arrays.copyOf(rows, rows.length / 2), "end mark");
      String text = new String(rows, StandardCharsets.UTF_8);
      assertLoadFails(load, name, bytes(text.replace("\n1000\n", "\n")), "999 rows of 1000");
      assertLoadFails(load, name, bytes(text.replace("\n1000\n", "\nx\n")), "22P02");
      assertThat(ask(copy, "SELECT count(*) FROM t")).isEqualTo("0");
      load.load(name, rows.length, new ByteArrayInputStream(rows), List.of());
      assertThat(text).endsWith("\n1000\n" + END);
    }
    assertThat(ask(copy, "SELECT count(*) FROM t")).isEqualTo("1000");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertLoadFails(LoadSession load, String name, byte[] bytes, String message) {
    assertFault(
        () -> {
          try {
            load.load(name, bytes.length, new ByteArrayInputStream(bytes), List.of());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        "LOAD_FAILED",
        message);
  }

  private DumpFacts dump(Backup backup, Map<String, byte[]> parts) throws IOException {
    try (DumpSession session = engine.dump(shop, backup, reporter)) {
      for (DumpSession.Part part : session.parts()) {
        try (InputStream stream = part.open()) {
          parts.put(part.name(), stream.readAllBytes());
        }
      }
      return session.end();
    }
  }

  private void load(DumpFacts facts, Map<String, byte[]> parts, List<String> tables)
      throws IOException {
    try (LoadSession load = engine.load(copy, backup(), facts, reporter)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        load.load(
            part.getKey(),
            part.getValue().length,
            new ByteArrayInputStream(part.getValue()),
            tables);
      }
      load.finish();
    }
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
