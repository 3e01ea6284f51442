package dev.lockstep.activities.dump.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.BrokenStream;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a real server and real programs. */
final class PostgresDumpFaultsRealIT {
  private static final Backup CUSTOM = TestDump.backup(Dump.Format.CUSTOM, Dump.Scope.DATABASE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Databases databases = DumpServer.databases();
  private final ClusterConnection cluster = ClusterConnection.fromEnvironment();
  private final DumpEngine engine = new PostgresDumpEngine(databases, cluster);
  private final DumpServer server;
  private final Database big;

  PostgresDumpFaultsRealIT(@TempDir Path folder) {
    Assumptions.assumeTrue(
        DumpServer.programs().isPresent(), "no PostgreSQL with all programs on this machine");
    server = DumpServer.start(DumpServer.programs().orElseThrow(), folder.resolve("server"));
    server.execute("postgres", "CREATE ROLE guest LOGIN PASSWORD 'guest'");
    big = server.newDatabase("big", "postgres");
  }

  /** More than all buffers between the server and here. */
  @BeforeEach
  void fill() {
    server.execute(
        "big",
        "CREATE TABLE t AS SELECT n, repeat('x', 1000) AS x FROM generate_series(1, 60000) AS n");
  }

  @AfterEach
  void end() {
    databases.close();
    cluster.close();
    server.close();
  }

  private static InputStream open(DumpSession session, String name) throws IOException {
    for (DumpSession.Part part : session.parts()) {
      if (part.name().equals(name)) {
        return part.open();
      }
    }
    throw new AssertionError(name + " is no part");
  }

  @Test
  void aDatabaseThatEndsUnderADumpLeavesNoWholeStream() throws IOException {
    try (DumpSession session = engine.dump(big, CUSTOM, new RecordingReporter());
        InputStream content = open(session, "big.dump")) {
      assertThat(content.readNBytes(1 << 20)).hasSize(1 << 20);
      server.crash();
      assertThatThrownBy(content::readAllBytes)
          .isInstanceOf(IOException.class)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo("DUMP_FAILED");
                assertThat(failure.getOriginalMessage())
                    .startsWith("pg_dump of big at the worker ended with status 1: pg_dump: error")
                    .doesNotContain("SECRET");
              });
    }
  }

  @Test
  void aDumpThatIsClosedEarlyLeavesNoSession() throws IOException {
    try (DumpSession session = engine.dump(big, CUSTOM, new RecordingReporter());
        InputStream content = open(session, "big.dump")) {
      assertThat(content.readNBytes(1000)).hasSize(1000);
      assertThat(sessions()).isEqualTo("1");
    }
    Awaitility.await().atMost(PATIENCE).until(() -> sessions().equals("0"));
  }

  private String sessions() {
    return server.text(
        "postgres",
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lockstep dump'");
  }

  @Test
  void theWishToStopGoesThroughWhileTheDumpWaitsForALock() throws Exception {
    RecordingReporter reporter = new RecordingReporter();
    try (java.sql.Connection blocker = server.connect("big");
        DumpSession session = engine.dump(big, CUSTOM, reporter)) {
      blocker.setAutoCommit(false);
      try (var lock = blocker.createStatement()) {
        lock.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      }
      try (InputStream content = open(session, "big.dump")) {
        Awaitility.await().atMost(PATIENCE).until(() -> sessions().equals("1"));
        reporter.cancel();
        assertThatThrownBy(content::read).isInstanceOf(ActivityCompletionException.class);
      }
    }
    Awaitility.await().atMost(PATIENCE).until(() -> sessions().equals("0"));
  }

  @Test
  void aWrongPasswordIsToldBeforeAnythingIsDone() {
    Database wrong =
        new Database(
            "big",
            Engine.POSTGRESQL,
            new Connection.Url(server.url("big")),
            new Credentials.Environment("postgres", "not-the-password"),
            List.of());

    assertThatThrownBy(() -> engine.inspect(wrong, CUSTOM))
        .hasMessageContaining("CREDENTIALS_REFUSED")
        .hasMessageNotContaining("not-the-password");
  }

  @Test
  void whatTheRoleMayNotReadIsNamed() {
    server.execute(
        "big", "CREATE TABLE open_to_all (id int); GRANT SELECT ON open_to_all TO guest");
    server.execute("big", "CREATE SCHEMA closed; CREATE TABLE closed.hidden (id int)");
    server.execute("big", "CREATE TABLE half (id int); GRANT SELECT ON half TO guest");
    server.execute("big", "ALTER TABLE half ENABLE ROW LEVEL SECURITY");
    server.execute("big", "SELECT lo_create(4711)");

    assertThatThrownBy(() -> engine.inspect(server.database("big", "guest"), CUSTOM))
        .hasMessageContaining("PRIVILEGE_MISSING")
        .hasMessageContaining("role guest may not read schema closed, table closed.hidden")
        .hasMessageContaining("table public.t")
        .hasMessageContaining("table public.half (row level security hides rows)")
        .hasMessageContaining("large object 4711")
        .hasMessageNotContaining("open_to_all");
    assertThatThrownBy(
            () ->
                engine.inspect(
                    server.database("big", "guest"),
                    TestDump.backup(Dump.Format.PLAIN, Dump.Scope.SERVER)))
        .hasMessageContaining("only a superuser may");
  }

  /** The tests' other server is newer than every program of this machine. */
  @Test
  void aProgramThatIsOlderThanTheServerIsRefused() {
    try (Databases newer = TestServer.databases()) {
      DumpEngine there = new PostgresDumpEngine(newer, cluster);
      Database database = TestServer.newDatabase();

      assertThatThrownBy(() -> there.inspect(database, CUSTOM))
          .hasMessageContaining("CLIENT_UNFIT")
          .hasMessageMatching(
              "(?s).*pg_dump is version 1[0-7].*the server is version 18.*18 or newer is needed.*");
    }
  }

  @Test
  void aContentThatBreaksUnderALoadIsThrownOnAndCanBeCleared() throws IOException {
    TestDump dump = TestDump.take(engine, big, CUSTOM);
    Database copy = server.newDatabase("copy", "postgres");
    byte[] bytes = requireNonNull(dump.parts().get("big.dump"));
    InputStream half =
        new SequenceInputStream(
            new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2)),
            new BrokenStream("object 3 is damaged"));
    try (LoadSession session = engine.load(copy, CUSTOM, dump.facts(), new RecordingReporter())) {
      assertThatThrownBy(() -> session.load("big.dump", bytes.length, half, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("object 3 is damaged");
    }
    engine.marks(copy).clear();
    assertThat(engine.marks(copy).contents()).isEmpty();
    Map<String, Long> rows = engine.marks(big).count(List.of("public.t", "public.gone"));
    assertThat(rows).containsOnlyKeys("public.t").containsEntry("public.t", 60_000L);
  }

  @Test
  void aQueryOfACheckCannotWrite() {
    assertThat(engine.marks(big).ask("SELECT count(*) FROM t")).contains("60000");
    assertThatThrownBy(() -> engine.marks(big).ask("DELETE FROM t"))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void sentinelsAreWrittenOverFoundAndPruned() {
    var marks = engine.marks(big);
    assertThat(marks.findSentinel("nightly", "1")).isEmpty();
    for (String id : List.of("1", "2", "3")) {
      marks.writeSentinel("nightly", id, "value " + id);
    }
    marks.writeSentinel("nightly", "3", "newer");
    marks.writeSentinel("other", "1", "theirs");

    marks.pruneSentinels("nightly", 2);

    assertThat(marks.findSentinel("nightly", "1")).isEmpty();
    assertThat(marks.findSentinel("nightly", "2")).contains("value 2");
    assertThat(marks.findSentinel("nightly", "3")).contains("newer");
    assertThat(marks.findSentinel("other", "1")).contains("theirs");
  }
}
