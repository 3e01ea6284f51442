package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.deploy.testbed.Testbed;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every change kind through a real PgBouncer in transaction mode: any statement may meet another
 * session of the server than the one before it.
 */
final class PgBouncerRealIT {
  /** {@code default_pool_size} of the testbed's: sessions of the server for each database. */
  private static final int POOL = 8;

  /** A transaction's own mode is marked as the session's, also once it is back to its old value. */
  private static final String LEFT_BEHIND =
      "SELECT name FROM pg_settings WHERE source = 'session' AND setting <> reset_val"
          // Those that the driver itself sends at its start, and that the pooler keeps apart.
          + " AND name NOT IN ('application_name', 'client_encoding', 'DateStyle', 'TimeZone',"
          + " 'extra_float_digits')";

  @TempDir private static Path folder = Path.of("");
  private static Stage stage;
  private static Server server;
  private static Requests requests;

  @BeforeAll
  static void setUp() throws Exception {
    Testbed testbed = Testbed.read();
    assumeTrue(
        testbed.has("LOCKSTEP_TESTBED_PGBOUNCER"),
        "no PgBouncer: deploy/testbed/testbed up postgres pgbouncer");
    server =
        Server.running(
            port(testbed.postgres()),
            port(testbed.value("LOCKSTEP_TESTBED_PGBOUNCER", "pgbouncer")));
    stage = new Stage(folder);
    requests = new Requests(folder);
  }

  @AfterAll
  static void tearDown() {
    if (stage != null) {
      stage.close();
    }
  }

  static List<Example> examples() {
    return Examples.migrations();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAppliedAndLeavesNoSettingInTheSessionsOfOthers(Example example) throws Exception {
    ExampleTrial trial = new ExampleTrial(stage, server, requests, example);
    trial.applyAndApplyAgain();
    assertThat(settingsOfAllSessions(trial.database())).isEmpty();
  }

  @Test
  void changesRunUnderTraffic() throws Exception {
    new VersionTrial(folder).changesRunUnderTraffic(server);
  }

  /** In a transaction each, so that no two of them are given the same session. */
  private static List<String> settingsOfAllSessions(String database) throws Exception {
    List<Connection> clients = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    try {
      for (int client = 0; client < POOL; client++) {
        Connection connection = server.connect(database, "test");
        clients.add(connection);
        connection.setAutoCommit(false);
        settings.addAll(Server.texts(connection, LEFT_BEHIND));
      }
    } finally {
      for (Connection client : clients) {
        client.close();
      }
    }
    return settings;
  }

  private static int port(String url) {
    return URI.create(url.substring("jdbc:".length())).getPort();
  }
}
