package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real PostgreSQL for tests: one server in the JVM, an empty database for each who asks. */
public final class TestServer {
  /** A role that may connect with the password {@link #PASSWORD}, and nothing else. */
  public static final String GUEST = "guest";

  /** Of {@link #GUEST}. */
  public static final String PASSWORD = "open-sesame";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Map<String, String> ENVIRONMENT = new ConcurrentHashMap<>();

  private TestServer() {}

  /** A new empty database, owned by the superuser that Lockstep logs in as. */
  public static Database newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return database(name, new Credentials.Environment("TEST_USER", "TEST_PASSWORD"));
  }

  /** Drops a database, whoever is connected. */
  public static void drop(Database database) {
    execute("postgres", "DROP DATABASE " + database.name() + " WITH (FORCE)");
  }

  /** The same database as somebody else; the variables are to be set in {@link #environment}. */
  public static Database as(Database database, String userVariable, String passwordVariable) {
    return new Database(
        database.name(),
        database.engine(),
        database.connection(),
        new Credentials.Environment(userVariable, passwordVariable),
        database.workloads());
  }

  /** Connections as the activities make them. */
  public static Databases databases() {
    environment().put("TEST_USER", "postgres");
    environment().put("TEST_PASSWORD", "postgres");
    return new Databases(
        ConnectionSettings.DEFAULT,
        SecretReader.NONE,
        name -> Optional.ofNullable(ENVIRONMENT.get(name)));
  }

  /** The environment variables that credentials refer to. */
  public static Map<String, String> environment() {
    return ENVIRONMENT;
  }

  /** A session of somebody else. */
  public static java.sql.Connection connect(Database database, String applicationName) {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("ApplicationName", applicationName);
    try {
      return DriverManager.getConnection(url(database.name()), properties);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements as the superuser, outside of Lockstep. */
  public static void execute(Database database, String... statements) {
    for (String statement : statements) {
      execute(database.name(), statement);
    }
  }

  /** Runs one statement in a session. */
  public static void execute(java.sql.Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the server ask this role for its password from now on; others it trusts. */
  public static synchronized void requirePassword(String role) {
    String file = value("SHOW hba_file");
    try {
      Path path = Path.of(file);
      String rules = Files.readString(path, StandardCharsets.UTF_8);
      Files.writeString(
          path,
          "host all " + role + " 127.0.0.1/32 scram-sha-256\n" + rules,
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute("postgres", "SELECT pg_reload_conf()");
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                !value(
                        "SELECT count(*) FROM pg_hba_file_rules WHERE '"
                            + role
                            + "' = ANY (user_name)")
                    .equals("0"));
  }

  private static String value(String sql) {
    try (java.sql.Connection connection =
            DriverManager.getConnection(url("postgres"), "postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(String database, String sql) {
    try (java.sql.Connection connection =
        DriverManager.getConnection(url(database), "postgres", "postgres")) {
      execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Database database(String name, Credentials credentials) {
    return new Database(
        name, Engine.POSTGRESQL, new Connection.Url(url(name)), credentials, List.of());
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + Holder.SERVER.getPort() + "/" + database;
  }

  /** Started at first use; the library stops it when the JVM ends. */
  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      MemoryDisk.use();
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_connections", "60")
                .setServerConfig("max_prepared_transactions", "5")
                .start();
        try (java.sql.Connection connection = server.getPostgresDatabase().getConnection()) {
          execute(connection, "CREATE ROLE " + GUEST + " LOGIN PASSWORD '" + PASSWORD + "'");
        }
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
