package dev.lockstep.deploy.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real PostgreSQL, and what tests say to it beside Lockstep. */
public final class Server implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final int port;
  private final int clientPort;
  private final Closeable end;

  private Server(int port, int clientPort, Closeable end) {
    this.port = port;
    this.clientPort = clientPort;
    this.end = end;
  }

  /**
   * One that somebody else has started, with the superuser {@code postgres} of that password.
   *
   * @param clientPort where runs and clients connect, for example to a pooler; what the test itself
   *     makes and asks goes to {@code port}
   */
  static Server running(int port, int clientPort) {
    return new Server(port, clientPort, () -> {});
  }

  /** The one of this JVM; the library stops it when the JVM ends. */
  public static Server shared() {
    return Shared.SERVER;
  }

  static Server start(EmbeddedPostgres.Builder builder) {
    try {
      EmbeddedPostgres postgres =
          builder
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", "90")
              .start();
      return new Server(postgres.getPort(), postgres.getPort(), postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where runs and clients connect. */
  public String url(String database) {
    return url(clientPort, database);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A new database with what the template has; its name is unique in this JVM. */
  public String newDatabase(String template) {
    String name = "e2e_" + DATABASES.incrementAndGet();
    execute(
        "postgres",
        // Of an earlier JVM, on a server that outlives them.
        "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)",
        "CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  /** A session of somebody else. */
  public Connection connect(String database, String applicationName) throws SQLException {
    return open(url(database), applicationName);
  }

  private static Connection open(String url, String applicationName) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "postgres");
    properties.setProperty("ApplicationName", applicationName);
    return DriverManager.getConnection(url, properties);
  }

  private Connection ask(String database) throws SQLException {
    return open(url(port, database), "test");
  }

  public void execute(String database, String... statements) {
    try (Connection connection = ask(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of every row, as text. */
  public List<String> texts(String database, String sql) {
    try (Connection connection = ask(database)) {
      return texts(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(String.valueOf(result.getString(1)));
      }
      return texts;
    }
  }

  /** Makes the server ask this new role for this password from now on; others it trusts. */
  void requirePassword(String role, String password) {
    execute(
        "postgres",
        "DROP ROLE IF EXISTS " + role,
        "CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
    Path rules = Path.of(text("postgres", "SHOW hba_file"));
    try {
      String old = Files.readString(rules);
      Files.writeString(rules, "host all " + role + " 127.0.0.1/32 scram-sha-256\n" + old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute("postgres", "SELECT pg_reload_conf()");
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> refuses(role));
  }

  private boolean refuses(String role) {
    try (Connection connection = DriverManager.getConnection(url("postgres"), role, "wrong")) {
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  /** The only value of a query. */
  public String text(String database, String sql) {
    return texts(database, sql).get(0);
  }

  public long number(String database, String sql) {
    return Long.parseLong(text(database, sql));
  }

  @Override
  public void close() throws IOException {
    end.close();
  }

  private static final class Shared {
    static final Server SERVER = start(EmbeddedPostgres.builder());
  }
}
