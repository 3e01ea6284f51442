package dev.lockstep.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabasesTest {
  private static final ConnectionSettings QUICK =
      new ConnectionSettings(
          ConnectionSettings.DEFAULT.serviceTemplate(), 3, Duration.ofSeconds(1));

  private final Map<String, Map<String, String>> secrets = new HashMap<>();
  private int secretsRead;
  private final Database trusted = TestServer.newDatabase();
  private final Databases databases =
      new Databases(
          QUICK,
          (namespace, name) -> {
            secretsRead++;
            return Optional.ofNullable(secrets.get(namespace + "/" + name));
          },
          name -> Optional.ofNullable(TestServer.environment().get(name)));

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(trusted);
  }

  @Test
  void sessionsCarryTheNameOfLockstep() {
    TestServer.environment().put("TEST_USER", "postgres");
    TestServer.environment().put("TEST_PASSWORD", "postgres");

    assertThat(value(databases.open(trusted), "SELECT current_setting('application_name')"))
        .isEqualTo("lockstep");
  }

  @Test
  void nothingIsPreparedOnTheServer() {
    TestServer.environment().put("TEST_USER", "postgres");
    TestServer.environment().put("TEST_PASSWORD", "postgres");
    Jdbi jdbi = databases.open(trusted);

    long prepared =
        jdbi.withHandle(
            handle -> {
              for (int i = 0; i < 20; i++) {
                handle.createQuery("SELECT :i + 1").bind("i", i).mapTo(Integer.class).one();
              }
              return handle
                  .createQuery("SELECT count(*) FROM pg_prepared_statements")
                  .mapTo(Long.class)
                  .one();
            });

    assertThat(prepared).isZero();
  }

  @Test
  void angleBracketsAreNoTemplates() {
    TestServer.environment().put("TEST_USER", "postgres");
    TestServer.environment().put("TEST_PASSWORD", "postgres");

    assertThat(
            value(databases.open(trusted), "SELECT (1 <b AND b> 0)::text FROM (SELECT 2 AS b) t"))
        .isEqualTo("true");
  }

  @Test
  void aRotatedPasswordIsReadAgain() {
    TestServer.execute(
        trusted, "DROP ROLE IF EXISTS rotated", "CREATE ROLE rotated LOGIN PASSWORD 'one'");
    TestServer.requirePassword("rotated");
    secrets.put("shop/db", Map.of("username", "rotated", "password", "one"));
    Jdbi jdbi = databases.open(with(new Credentials.Secret("shop", "db")));
    assertThat(value(jdbi, "SELECT current_user::text")).isEqualTo("rotated");

    TestServer.execute(trusted, "ALTER ROLE rotated PASSWORD 'two'");
    secrets.put("shop/db", Map.of("username", "rotated", "password", "two"));

    try (Handle first = jdbi.open();
        Handle second = jdbi.open()) {
      assertThat(second.createQuery("SELECT current_user::text").mapTo(String.class).one())
          .isEqualTo("rotated");
      assertThat(first.getConnection()).isNotNull();
    }
  }

  @Test
  void aWrongPasswordIsRefusedWithoutBeingShown() {
    TestServer.execute(
        trusted, "DROP ROLE IF EXISTS refused", "CREATE ROLE refused LOGIN PASSWORD 'right'");
    TestServer.requirePassword("refused");
    secrets.put("shop/db", Map.of("username", "refused", "password", "wr0ng-one"));
    Jdbi jdbi = databases.open(with(new Credentials.Secret("shop", "db")));

    assertThatThrownBy(jdbi::open)
        .isInstanceOf(ConnectionException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
        .hasMessageNotContaining("wr0ng-one");
    assertThat(secretsRead).as("once, and once again when they were refused").isEqualTo(2);
  }

  @Test
  void anUnknownDatabaseIsNotWaitedFor() {
    TestServer.environment().put("TEST_USER", "postgres");
    TestServer.environment().put("TEST_PASSWORD", "postgres");
    Connection.Url known = (Connection.Url) trusted.connection();
    Database unknown =
        new Database(
            trusted.name(),
            trusted.engine(),
            new Connection.Url(known.jdbcUrl() + "_unknown"),
            trusted.credentials(),
            List.of());

    assertThatThrownBy(databases.open(unknown)::open)
        .isInstanceOf(ConnectionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3D000"));
  }

  @Test
  void filesGiveTheLogin(@TempDir Path directory) throws IOException {
    Path user = Files.writeString(directory.resolve("user"), "postgres\n");
    Path password = Files.writeString(directory.resolve("password"), "postgres");

    Jdbi jdbi = databases.open(with(new Credentials.Files(user.toString(), password.toString())));

    assertThat(value(jdbi, "SELECT current_user::text")).isEqualTo("postgres");
  }

  @Test
  void whatIsMissingIsNamedByItsPlace(@TempDir Path directory) {
    secrets.put("shop/half", Map.of("username", "x"));

    assertMissing(
        new Credentials.Environment("NO_SUCH_USER", "X"),
        "environment variable NO_SUCH_USER is not set for the worker");
    assertMissing(
        new Credentials.Files(directory + "/none", "x"),
        "file " + directory + "/none cannot be read by the worker");
    assertMissing(new Credentials.Secret("shop", "none"), "Secret shop/none does not exist");
    assertMissing(new Credentials.Secret("shop", "half"), "Secret shop/half has no key password");
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Database nowhere =
        new Database(
            "nowhere",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://127.0.0.1:" + port + "/x"),
            new Credentials.None(),
            List.of());

    assertThatThrownBy(databases.open(nowhere)::open)
        .rootCause()
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(java.net.ConnectException.class),
            e -> assertThat(e).hasMessageContaining("refused"));
  }

  @Test
  void thePoolIsBounded() {
    TestServer.environment().put("TEST_USER", "postgres");
    TestServer.environment().put("TEST_PASSWORD", "postgres");
    Jdbi jdbi = databases.open(trusted);
    List<Handle> open = new ArrayList<>();
    for (int i = 0; i < QUICK.poolSize(); i++) {
      open.add(jdbi.open());
    }

    assertThatThrownBy(jdbi::open).isInstanceOf(ConnectionException.class);

    open.forEach(Handle::close);
    jdbi.open().close();
  }

  @Test
  void aLoginDoesNotShowItsPassword() {
    assertThat(Login.of("ada", "lovelace").toString()).contains("ada").doesNotContain("lovelace");
  }

  @Test
  void sameTargetsShareAPool() {
    assertThat(databases.open(trusted)).isSameAs(databases.open(trusted));
  }

  private void assertMissing(Credentials credentials, String message) {
    Throwable failure = catchThrowable(databases.open(with(credentials))::open);
    while (failure != null && !(failure instanceof ApplicationFailure)) {
      failure = failure.getCause();
    }
    assertThat(failure)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> {
              assertThat(e.getType()).isEqualTo("CREDENTIALS_MISSING");
              assertThat(e.getOriginalMessage()).isEqualTo(message);
            });
  }

  private Database with(Credentials credentials) {
    return new Database(
        trusted.name(), trusted.engine(), trusted.connection(), credentials, List.of());
  }

  private static String value(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }
}
