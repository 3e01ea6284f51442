package dev.lockstep.deploy.engines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.dump.postgres.PostgresDumpEngine;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.deploy.e2e.Server;
import dev.lockstep.deploy.e2e.VersionServers;
import dev.lockstep.deploy.testbed.Testbed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every supported PostgreSQL by client programs that are newer than most of them. */
final class PostgresVersionsRealIT {
  private static final int NEWEST = 18;

  private final Testbed testbed = Testbed.read();
  private final Databases databases =
      new Databases(ConnectionSettings.DEFAULT, SecretReader.NONE, Optional::of);
  private final ClusterConnection cluster = ClusterConnection.fromEnvironment();

  @AfterEach
  void close() {
    databases.close();
    cluster.close();
  }

  private Path programs(int version) {
    String name = "LOCKSTEP_TESTBED_PGCLIENT_" + version;
    assumeTrue(testbed.has(name), "no client programs " + version + " in this testbed");
    return Path.of(testbed.value(name, "pgclient"));
  }

  private DumpEngine engine(Path programs) {
    return new PostgresDumpEngine(databases, cluster, Optional.of(programs.toString()));
  }

  /** 17 is the first whose programs set something that older servers do not know. */
  @ParameterizedTest
  @CsvSource({"13,18", "14,18", "15,18", "16,17", "16,18", "17,17", "17,18", "18,18"})
  void everyFormatComesBackInANewDatabase(int version, int client) throws Exception {
    Path programs = programs(client);
    DumpEngine engine = engine(programs);
    try (Server server = VersionServers.start(version)) {
      PostgresShop shop = PostgresShop.create(server);
      engine.marks(database(shop)).writeSentinel("nightly", "1", "proof");
      List<Copy> copies = new ArrayList<>();
      try (PostgresTraffic traffic = PostgresTraffic.start(shop)) {
        for (Dump.Format format : EnumSet.complementOf(EnumSet.of(Dump.Format.PHYSICAL))) {
          Copy copy = Copy.of(engine, shop, backup(format, Dump.Scope.DATABASE));
          assertThat(copy.facts().client()).startsWith("pg_dump " + client + ".");
          assertThat(copy.facts().serverVersion()).startsWith(version + ".");
          copies.add(copy);
          traffic.awaitMore();
        }
      }
      Original original = Original.of(shop, programs);
      Map<Copy, String> written = new LinkedHashMap<>();
      copies.forEach(copy -> written.put(copy, shop.trafficUpTo(copy.written())));
      assertThat(written.values()).doesNotHaveDuplicates();
      server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(shop.database()));

      for (Copy copy : copies) {
        PostgresShop restored = new PostgresShop(server, server.newDatabase("template0"));
        copy.load(engine, restored);
        original.compare(restored, programs);
        assertThat(restored.last()).isEqualTo(copy.written()).isPositive();
        assertThat(restored.trafficUpTo(restored.last())).isEqualTo(written.get(copy));
        Marks marks = engine.marks(database(restored));
        assertThat(marks.findSentinel("nightly", "1")).contains("proof");
        assertThat(marks.count(List.copyOf(copy.facts().rows().keySet())))
            .isEqualTo(copy.facts().rows());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"13,18", "14,18", "15,18", "16,18", "17,18", "18,18"})
  void aWholeServerComesBackOnANewOne(int version, int client) throws Exception {
    Path programs = programs(client);
    DumpEngine engine = engine(programs);
    try (Server server = VersionServers.start(version);
        Server fresh = VersionServers.start(version)) {
      PostgresShop shop = PostgresShop.create(server);
      Copy copy = Copy.of(engine, shop, backup(Dump.Format.PLAIN, Dump.Scope.SERVER));
      Original original = Original.of(shop, programs);
      server.close();

      copy.load(engine, new PostgresShop(fresh, "postgres"));

      original.compare(new PostgresShop(fresh, shop.database()), programs);
      assertThat(
              fresh.texts(
                  "postgres",
                  "SELECT rolname || rolcanlogin || (SELECT string_agg(roleid::regrole::text, ',')"
                      + " FROM pg_auth_members WHERE member = r.oid) FROM pg_roles r"
                      + " WHERE rolname = 'versions_owner'"))
          .containsExactly("versions_ownerfalseversions_reader");
    }
  }

  @Test
  void aClientThatIsOlderThanTheServerIsRefusedWithBothVersions() throws Exception {
    DumpEngine older = engine(programs(17));
    try (Server server = VersionServers.start(NEWEST)) {
      PostgresShop shop = new PostgresShop(server, "postgres");
      String running = server.text("postgres", "SHOW server_version").split(" ")[0];

      assertThatThrownBy(
              () -> older.inspect(database(shop), backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE)))
          .hasMessageContaining("CLIENT_UNFIT")
          .hasMessageMatching(
              "(?s).*pg_dump is version 17\\.\\d+ at the worker; the server is version "
                  + running
                  + ": version 18 or newer is needed.*");
    }
  }

  /** A dump can be read by nothing that is older than its writer. */
  @Test
  void aClientThatIsOlderThanTheDumpIsRefusedWithBothVersions() throws Exception {
    DumpEngine newer = engine(programs(NEWEST));
    DumpEngine older = engine(programs(17));
    try (Server server = VersionServers.start(NEWEST)) {
      PostgresShop shop = PostgresShop.create(server);
      Copy copy = Copy.of(newer, shop, backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE));
      PostgresShop target = new PostgresShop(server, server.newDatabase("template0"));

      assertThatThrownBy(() -> copy.load(older, target))
          .hasMessageContaining("CLIENT_UNFIT")
          .hasMessageMatching(
              "(?s).*pg_dump is version 17\\.\\d+.*the dump is of pg_dump 18\\.\\d+: version 18"
                  + " or.*");
      assertThat(newer.marks(database(target)).contents()).isEmpty();
    }
  }

  /** A load by way of psql must not take a half archive for a whole one. */
  @Test
  void aCutArchiveIsNoWholeOneForAnOlderServer() throws Exception {
    DumpEngine engine = engine(programs(NEWEST));
    try (Server server = VersionServers.start(13)) {
      PostgresShop shop = PostgresShop.create(server);
      Copy whole = Copy.of(engine, shop, backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE));
      Map<String, byte[]> parts = new LinkedHashMap<>(whole.parts());
      parts.replaceAll(
          (name, bytes) ->
              name.endsWith(".dump") ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
      Copy cut = new Copy(whole.backup(), whole.facts(), parts);
      PostgresShop target = new PostgresShop(server, server.newDatabase("template0"));

      assertThatThrownBy(() -> cut.load(engine, target)).hasStackTraceContaining("LOAD_FAILED");
    }
  }

  private static Database database(PostgresShop shop) {
    return new Database(
        shop.database(),
        Engine.POSTGRESQL,
        new Connection.Url(shop.server().url(shop.database())),
        new Credentials.Environment("postgres", "postgres"),
        List.of());
  }

  private static Backup backup(Dump.Format format, Dump.Scope scope) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.DUMP,
        new Dump(Dump.Through.CLIENT, format, scope, Optional.empty(), Optional.empty()),
        List.of(),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  /** What a database was, by checksum and by PostgreSQL's own word. */
  private record Original(List<String> checksums, List<String> dump) {
    static Original of(PostgresShop shop, Path programs) throws Exception {
      return new Original(shop.checksums(), shop.nativeDump(programs));
    }

    void compare(PostgresShop restored, Path programs) throws Exception {
      assertThat(restored.checksums()).isEqualTo(checksums).hasSizeGreaterThan(10);
      List<String> after = restored.nativeDump(programs);
      assertThat(missing(dump, after)).as("only in the dump of the original").isEmpty();
      assertThat(missing(after, dump)).as("only in the dump of the copy").isEmpty();
      assertThat(after).isEqualTo(dump);
    }
  }

  private static List<String> missing(List<String> from, List<String> in) {
    Set<String> known = new HashSet<>(in);
    return from.stream().filter(line -> !known.contains(line)).toList();
  }

  /** A small dump, kept in memory. */
  private record Copy(Backup backup, DumpFacts facts, Map<String, byte[]> parts) {
    static Copy of(DumpEngine engine, PostgresShop shop, Backup backup) throws IOException {
      engine.inspect(database(shop), backup);
      Map<String, byte[]> parts = new LinkedHashMap<>();
      try (DumpSession session = engine.dump(database(shop), backup, new Calm())) {
        for (DumpSession.Part part : session.parts()) {
          try (InputStream content = part.open()) {
            parts.put(part.name(), content.readAllBytes());
          }
        }
        return new Copy(backup, session.end(), parts);
      }
    }

    /** How many rows of traffic it shows: their numbers go from 1 to that. */
    long written() {
      return requireNonNull(facts.rows().get("public.traffic"));
    }

    void load(DumpEngine engine, PostgresShop target) throws IOException {
      try (LoadSession session = engine.load(database(target), backup, facts, new Calm())) {
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
          byte[] bytes = part.getValue();
          session.load(part.getKey(), bytes.length, new ByteArrayInputStream(bytes), List.of());
        }
        session.finish();
      }
    }
  }
}
