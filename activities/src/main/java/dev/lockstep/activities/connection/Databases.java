package dev.lockstep.activities.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Connections to the databases of definitions: one small pool for each address and credentials,
 * made at first use. Statements are not prepared on the server and no session setting is used, so
 * that a pooler in transaction mode between here and the server does no harm.
 */
public final class Databases implements AutoCloseable {
  /** What {@code pg_stat_activity} shows of every session of Lockstep. */
  public static final String APPLICATION_NAME = "lockstep";

  /** A run's pauses are longer than this: an unused connection is given back to the server. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  private final ConnectionSettings settings;
  private final LoginReader logins;
  private final Map<Target, Pool> pools = new ConcurrentHashMap<>();

  /** Reads environment variables of this process. */
  public Databases(ConnectionSettings settings, SecretReader secrets) {
    this(settings, secrets, name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * Reads environment variables elsewhere.
   *
   * @param environment value by name; empty where it is not set
   */
  public Databases(
      ConnectionSettings settings,
      SecretReader secrets,
      Function<String, Optional<String>> environment) {
    this.settings = settings;
    this.logins = new LoginReader(secrets, environment);
  }

  /**
   * The database of a definition. Nothing is connected before a handle is opened. SQL is taken as
   * it is written, apart from {@code :name} parameters: no {@code <template>} is replaced.
   *
   * <p>A handle that cannot be opened throws {@link org.jdbi.v3.core.ConnectionException}, whose
   * causes hold the server's refusal or the failure {@code CREDENTIALS_MISSING}.
   */
  public Jdbi open(Database database) {
    Target target = new Target(database.engine(), database.connection(), database.credentials());
    return pools.computeIfAbsent(target, key -> pool(database)).jdbi();
  }

  /** Reads other secrets where the credentials are read. */
  public TokenReader tokens() {
    return new TokenReader(logins);
  }

  /**
   * Reads the login of a definition, anew at each call.
   *
   * @throws io.temporal.failure.ApplicationFailure CREDENTIALS_MISSING where it is not there
   */
  public Login login(Database database) {
    return database.credentials().accept(logins);
  }

  /** The JDBC URL that leads to a database from here. */
  public String address(Database database) {
    return JdbcUrl.of(database, settings);
  }

  /** Where the database of a definition listens, for programs that connect by themselves. */
  public Address endpoint(Database database) {
    return Address.of(database, settings);
  }

  @Override
  public void close() {
    pools.values().forEach(pool -> pool.source().close());
    pools.clear();
  }

  private Pool pool(Database database) {
    LoginDataSource server =
        new LoginDataSource(
            JdbcUrl.of(database, settings),
            () -> login(database),
            Product.of(database.engine(), settings));
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("lockstep-" + database.name());
    pool.setDataSource(server);
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    pool.setConnectionTimeout(settings.timeout().toMillis());
    pool.setInitializationFailTimeout(-1);
    HikariDataSource source = new HikariDataSource(pool);
    Jdbi jdbi = Jdbi.create(() -> connection(server, source));
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return new Pool(source, jdbi);
  }

  /**
   * The pool tries a refused login again for its whole timeout, which changes nothing: hence an
   * empty pool is not asked before the server is.
   */
  private static java.sql.Connection connection(LoginDataSource server, HikariDataSource pool)
      throws SQLException {
    try {
      if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
        server.ask();
      }
    } catch (RuntimeException e) {
      throw new ConnectionException(e);
    }
    return pool.getConnection();
  }

  private record Target(Engine engine, Connection connection, Credentials credentials) {}

  private record Pool(HikariDataSource source, Jdbi jdbi) {}
}
