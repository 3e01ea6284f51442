package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Engine;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * What differs between the drivers.
 *
 * @param name for messages
 * @param properties that every connection has, whatever the URL says
 * @param timeout for a connection to be made
 * @param unknownDatabase SQLSTATEs and error numbers of a server that has no such database, or none
 *     for this user
 */
record Product(
    String name,
    Driver driver,
    Properties properties,
    Duration timeout,
    Set<String> unknownDatabase) {
  /** Class 28, invalid authorization specification. */
  private static final String AUTHORIZATION_CLASS = "28";

  static Product of(Engine engine, ConnectionSettings settings) {
    return switch (engine) {
      case POSTGRESQL -> postgres(settings.timeout());
      case MYSQL -> mysql("MySQL", settings.timeout());
      case MARIADB -> mysql("MariaDB", settings.timeout());
    };
  }

  /** Whether the server does not know the login. */
  static boolean refusesLogin(SQLException refusal) {
    String state = refusal.getSQLState();
    return state != null && state.startsWith(AUTHORIZATION_CLASS);
  }

  /** Whether the server does not know the database. */
  boolean refusesDatabase(SQLException refusal) {
    String state = refusal.getSQLState();
    return (state != null && unknownDatabase.contains(state))
        || unknownDatabase.contains(Integer.toString(refusal.getErrorCode()));
  }

  private static Product postgres(Duration timeout) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", Databases.APPLICATION_NAME);
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("connectTimeout", Long.toString(timeout.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(timeout.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", KeepAliveSocketFactory.class.getName());
    // DETAIL quotes values of rows: they belong into no message and no log.
    properties.setProperty("logServerErrorDetail", "false");
    // 3D000: invalid_catalog_name.
    return new Product(
        "PostgreSQL", new org.postgresql.Driver(), properties, timeout, Set.of("3D000"));
  }

  private static Product mysql(String name, Duration timeout) {
    Properties properties = new Properties();
    properties.setProperty("connectionAttributes", "program_name:" + Databases.APPLICATION_NAME);
    properties.setProperty("connectTimeout", Long.toString(timeout.toMillis()));
    // The same limits as KeepAliveSocketFactory sets for the other driver.
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("tcpKeepIdle", "15");
    properties.setProperty("tcpKeepInterval", "5");
    properties.setProperty("tcpKeepCount", "3");
    // ER_DBACCESS_DENIED_ERROR, ER_BAD_DB_ERROR.
    return new Product(
        name, new org.mariadb.jdbc.Driver(), properties, timeout, Set.of("1044", "1049"));
  }
}
