package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From one real server to others, by the programs of this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresDumpRealIT {
  /** Rows of every table that is not written to, in their text form. */
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname IN ('shop', 'public')
        AND c.relname NOT IN ('debit', 'credit')
      ORDER BY 1
      """;

  private static final String OWNERS =
      """
      SELECT format('%s %s %s', c.oid::regclass, c.relowner::regrole, c.relacl) FROM pg_class c
      WHERE c.relnamespace = 'shop'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
      UNION ALL SELECT format('%s %s', p.oid::regprocedure, p.proowner::regrole) FROM pg_proc p
      WHERE p.pronamespace = 'shop'::regnamespace
      UNION ALL SELECT format('%s %s %s', oid, lomowner::regrole, lomacl)
      FROM pg_largeobject_metadata
      UNION ALL SELECT format('%s %s', nspname, nspowner::regrole) FROM pg_namespace
      WHERE nspname = 'shop'
      ORDER BY 1
      """;

  private static final String OBJECTS =
      """
      SELECT indexdef FROM pg_indexes WHERE schemaname = 'shop'
      UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'shop'::regnamespace
      UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT polname FROM pg_policy
      UNION ALL SELECT pubname FROM pg_publication
      UNION ALL SELECT obj_description('shop.customers'::regclass)
      UNION ALL SELECT sequencename || ' ' || last_value FROM pg_sequences
      UNION ALL SELECT md5(lo_get(oid)) FROM pg_largeobject_metadata
      ORDER BY 1
      """;

  private final Databases databases = DumpServer.databases();
  private final ClusterConnection cluster = ClusterConnection.fromEnvironment();
  private final DumpEngine engine = new PostgresDumpEngine(databases, cluster);
  private final List<DumpServer> servers = new ArrayList<>();
  private Path folder = Path.of("");

  @BeforeAll
  void startServers(@TempDir Path directory) throws Exception {
    folder = directory;
    DumpServer source = server("source");
    server("target");
    source.execute("postgres", "CREATE ROLE dump_owner LOGIN PASSWORD 'dump_owner' CREATEROLE");
    source.execute("postgres", "CREATE ROLE dump_reader LOGIN PASSWORD 'dump_reader'");
    source.execute("postgres", "GRANT dump_reader TO dump_owner");
    source.newDatabase("source", "dump_owner");
    try (var script = PostgresDumpRealIT.class.getResourceAsStream("/dump-source.sql")) {
      source.execute("source", new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    engine.marks(source()).writeSentinel("nightly", "1", "proof");
  }

  private DumpServer server(String name) {
    Assumptions.assumeTrue(
        DumpServer.programs().isPresent(), "no PostgreSQL with all programs on this machine");
    DumpServer server = DumpServer.start(DumpServer.programs().orElseThrow(), folder.resolve(name));
    servers.add(server);
    return server;
  }

  @AfterAll
  void endServers() {
    databases.close();
    cluster.close();
    servers.forEach(DumpServer::close);
  }

  private DumpServer from() {
    return servers.get(0);
  }

  private DumpServer to() {
    return servers.get(1);
  }

  private Database source() {
    return from().database("source", "postgres");
  }

  private static List<String> checksums(DumpServer server, String database) {
    return server.texts(database, TABLES).stream()
        .map(
            table ->
                table
                    + server.text(
                        database,
                        "SELECT count(*) || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM "
                            + table
                            + " t"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUSTOM", "DIRECTORY", "PLAIN"})
  void aCopyIsEqualToTheMomentOfTheDumpUnderWriteLoad(Dump.Format format) throws Exception {
    String name = "copy_" + format.name().toLowerCase(Locale.ROOT);
    Database copy = to().newDatabase(name, "postgres");
    Marks marks = engine.marks(copy);
    marks.claim("restore/1");
    assertThat(marks.contents()).isEmpty();

    TestDump dump;
    try (Transfers load = Transfers.start(from(), "source")) {
      load.awaitMore();
      dump = TestDump.take(engine, source(), TestDump.backup(format, Dump.Scope.DATABASE));
      load.awaitMore();
    }
    dump.load(engine, copy);

    assertThat(checksums(to(), name)).isEqualTo(checksums(from(), "source")).hasSize(10);
    assertThat(to().texts(name, OBJECTS)).isEqualTo(from().texts("source", OBJECTS));
    assertThat(to().texts(name, OWNERS)).isEqualTo(from().texts("source", OWNERS));
    String sums = "SELECT (SELECT sum(amount) FROM debit) + (SELECT sum(amount) FROM credit)";
    assertThat(to().text(name, sums)).isEqualTo("0");
    assertThat(dump.facts().rows()).hasSizeGreaterThan(8).containsEntry("shop.customers", 3000L);
    assertThat(marks.count(List.copyOf(dump.facts().rows().keySet())))
        .isEqualTo(dump.facts().rows());
    assertThat(marks.findSentinel("nightly", "1")).contains("proof");
    assertThat(marks.claimedBy()).contains("restore/1");
    assertThat(to().text(name, "SELECT to_regclass('lockstep.runs')")).isEqualTo("null");
    assertThat(marks.contents()).isNotEmpty();
    assertThat(dump.facts().position()).isPresent();
    assertThat(dump.facts().endPosition().orElseThrow())
        .isNotEqualTo(dump.facts().position().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(names = {"CUSTOM", "DIRECTORY", "PLAIN"})
  void aTargetThatWasClearedTakesTheSameDumpAgain(Dump.Format format) {
    String name = "again_" + format.name().toLowerCase(Locale.ROOT);
    Database copy = to().newDatabase(name, "postgres");
    Marks marks = engine.marks(copy);
    marks.claim("restore/1");
    TestDump dump = TestDump.take(engine, source(), TestDump.backup(format, Dump.Scope.DATABASE));
    dump.load(engine, copy);

    marks.clear();

    assertThat(marks.contents()).isEmpty();
    assertThat(marks.claimedBy()).contains("restore/1");
    assertThat(to().text(name, "SELECT count(*) FROM pg_largeobject_metadata")).isEqualTo("0");
    dump.load(engine, copy);
    assertThat(checksums(to(), name)).isEqualTo(checksums(from(), "source"));
    marks.release();
    assertThat(marks.claimedBy()).isEmpty();
  }

  @Test
  void aWholeServerComesWithItsRolesAndDatabases() {
    DumpServer other = server("other");
    TestDump dump =
        TestDump.take(
            engine,
            from().database("postgres", "postgres"),
            TestDump.backup(Dump.Format.PLAIN, Dump.Scope.SERVER));

    dump.load(engine, other.database("postgres", "postgres"));

    assertThat(checksums(other, "source")).isEqualTo(checksums(from(), "source"));
    assertThat(other.texts("source", OBJECTS)).isEqualTo(from().texts("source", OBJECTS));
    assertThat(other.texts("source", OWNERS)).isEqualTo(from().texts("source", OWNERS));
    String roles = "SELECT rolname || rolcreaterole || rolpassword FROM pg_authid ORDER BY 1";
    assertThat(other.texts("postgres", roles))
        .contains(
            from().texts("postgres", roles).stream()
                .filter(it -> it.startsWith("dump_"))
                .toArray(String[]::new));
  }

  @Test
  void rolesThatAreMissingAndCannotBeMadeAreMappedToTheLogin() {
    DumpServer other = server("without-roles");
    other.execute("postgres", "CREATE ROLE tenant LOGIN PASSWORD 'tenant'");
    Database copy = other.newDatabase("mine", "tenant");
    other.execute("mine", "GRANT ALL ON SCHEMA public TO tenant");
    from().newDatabase("simple", "dump_owner");
    from()
        .execute(
            "simple",
            "CREATE TABLE t (id serial PRIMARY KEY, x text); ALTER TABLE t OWNER TO dump_owner;"
                + " GRANT SELECT ON t TO dump_reader; INSERT INTO t (x) VALUES ('a')");
    TestDump dump =
        TestDump.take(
            engine,
            from().database("simple", "postgres"),
            TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE));

    dump.load(engine, copy);

    assertThat(other.text("mine", "SELECT relowner::regrole FROM pg_class WHERE relname = 't'"))
        .isEqualTo("tenant");
    assertThat(other.text("mine", "SELECT id || x FROM t")).isEqualTo("1a");
    assertThat(other.texts("mine", "SELECT rolname FROM pg_roles")).doesNotContain("dump_owner");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUSTOM", "DIRECTORY"})
  void chosenTablesComeWithAllThatIsTheirs(Dump.Format format) {
    String name = "chosen_" + format.name().toLowerCase(Locale.ROOT);
    Database copy = to().newDatabase(name, "postgres");
    TestDump dump = TestDump.take(engine, source(), TestDump.backup(format, Dump.Scope.DATABASE));

    dump.load(engine, copy, "shop.orders", "shop.readings");

    assertThat(to().texts(name, TABLES))
        .containsExactly("shop.orders", "shop.readings", "shop.readings_1", "shop.readings_2");
    String sum = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM shop.%s t";
    for (String table : List.of("orders", "readings")) {
      assertThat(to().text(name, sum.formatted(table)))
          .isEqualTo(from().text("source", sum.formatted(table)));
    }
    assertThat(to().texts(name, "SELECT indexname FROM pg_indexes ORDER BY 1"))
        .contains("orders_day", "orders_pkey", "readings_taken", "readings_2_taken_idx");
    assertThat(to().text(name, "SELECT nextval('shop.orders_id_seq')")).isEqualTo("5001");
    assertThat(to().text(name, "SELECT polname FROM pg_policy")).isEqualTo("own");
    assertThat(to().text(name, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .as("the table that it references did not come")
        .isEqualTo("0");
    assertThat(engine.marks(copy).findSentinel("nightly", "1")).contains("proof");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUSTOM", "DIRECTORY", "PLAIN"})
  void aBackupOfChosenTablesHasNoOthers(Dump.Format format) {
    Backup backup = TestDump.backup(format, Dump.Scope.DATABASE, "public.plain", "shop.readings");
    TestDump dump = TestDump.take(engine, source(), backup);
    assertThat(dump.facts().rows())
        .containsOnlyKeys("public.plain", "shop.readings_1", "shop.readings_2");
    if (format == Dump.Format.PLAIN) {
      return;
    }
    String name = "few_" + format.name().toLowerCase(Locale.ROOT);
    Database copy = to().newDatabase(name, "postgres");

    dump.load(engine, copy);

    assertThat(to().texts(name, TABLES))
        .containsExactly("public.plain", "shop.readings", "shop.readings_1", "shop.readings_2");
    assertThat(to().text(name, "SELECT count(*) FROM shop.readings")).isEqualTo("1000");
  }

  @Test
  void anArchiveThatIsCutIsNotTakenForWhole() {
    Database copy = to().newDatabase("cut", "postgres");
    TestDump dump =
        TestDump.take(engine, source(), TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE));
    dump.parts().replaceAll((name, bytes) -> java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> dump.load(engine, copy))
        .isInstanceOf(io.temporal.failure.ApplicationFailure.class)
        .hasMessageContaining("LOAD_FAILED")
        .hasMessageContaining("pg_restore of source.dump");
  }

  @Test
  void aTableThatIsNotThereIsNamedBefore() {
    Backup backup = TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE, "shop.gone");

    assertThatThrownBy(() -> engine.inspect(source(), backup))
        .hasMessageContaining("OBJECT_UNEXPECTED")
        .hasMessageContaining("shop.gone");
  }

  @Test
  void programsOutsideOfTheFolderThatIsNamedAreNotTaken() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    DumpEngine elsewhere =
        new PostgresDumpEngine(databases, cluster, Optional.of(empty.toString()));

    assertThatThrownBy(
            () ->
                elsewhere.inspect(
                    source(), TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE)))
        .hasMessageContaining("CLIENT_UNFIT")
        .hasMessageContaining("there is no pg_dump in " + empty);
  }
}
