package dev.lockstep.activities.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens connections with credentials that may be rotated: they are read once, and again when the
 * server refuses them. Where they are the same as before, the refusal stands.
 */
final class LoginDataSource implements DataSource {
  /** Class 28, invalid authorization specification. */
  private static final String AUTHORIZATION_CLASS = "28";

  /** invalid_catalog_name. */
  private static final String NO_DATABASE = "3D000";

  private final Driver driver = new Driver();
  private final String url;
  private final Supplier<Login> logins;
  private final Properties properties;
  private volatile @Nullable Login login;

  LoginDataSource(String url, Supplier<Login> logins, Properties properties) {
    this.url = url;
    this.logins = logins;
    this.properties = properties;
  }

  @Override
  public Connection getConnection() throws SQLException {
    @Nullable Login known = login;
    Login first = known == null ? logins.get() : known;
    login = first;
    try {
      return connect(first);
    } catch (SQLException e) {
      Login second = refusedLogin(e) ? logins.get() : first;
      if (second.equals(first)) {
        throw e;
      }
      login = second;
      return connect(second);
    }
  }

  /**
   * Asks the server whether it knows this login and this database. No answer is no refusal: whoever
   * then waits for a connection has the patience for it.
   *
   * @throws SQLException where it refuses them, which no patience changes
   */
  void ask() throws SQLException {
    try {
      getConnection().close();
    } catch (SQLException e) {
      if (refusedLogin(e) || NO_DATABASE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static boolean refusedLogin(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state != null && state.startsWith(AUTHORIZATION_CLASS);
  }

  private Connection connect(Login login) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    login.username().ifPresent(value -> all.setProperty("user", value));
    login.password().ifPresent(value -> all.setProperty("password", value));
    @Nullable Connection connection = driver.connect(url, all);
    if (connection == null) {
      // 08001: the client cannot establish the connection.
      throw new SQLException("the address is not one of PostgreSQL: " + url, "08001");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the credentials come from the definition");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("no log writer");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The pool sets it; the driver has its own time limit in the properties.
  }

  /** The pool waits so long for a connection that is being made when it closes. */
  @Override
  public int getLoginTimeout() {
    return Integer.parseInt(properties.getProperty("loginTimeout", "0"));
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("nothing is wrapped");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
