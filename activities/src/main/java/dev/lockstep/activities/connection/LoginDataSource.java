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

/**
 * Opens connections with credentials that may be rotated: they are read once, and again when the
 * server refuses them. Where they are the same as before, the refusal stands.
 */
final class LoginDataSource implements DataSource {
  private final String url;
  private final Supplier<Login> logins;
  private final Product product;
  private volatile @Nullable Login login;

  LoginDataSource(String url, Supplier<Login> logins, Product product) {
    this.url = url;
    this.logins = logins;
    this.product = product;
  }

  @Override
  public Connection getConnection() throws SQLException {
    @Nullable Login known = login;
    Login first = known == null ? logins.get() : known;
    login = first;
    try {
      return connect(first);
    } catch (SQLException e) {
      Login second = Product.refusesLogin(e) ? logins.get() : first;
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
      if (Product.refusesLogin(e) || product.refusesDatabase(e)) {
        throw e;
      }
    }
  }

  private Connection connect(Login login) throws SQLException {
    Properties all = new Properties();
    all.putAll(product.properties());
    login.username().ifPresent(value -> all.setProperty("user", value));
    login.password().ifPresent(value -> all.setProperty("password", value));
    @Nullable Connection connection = product.driver().connect(url, all);
    if (connection == null) {
      // 08001: the client cannot establish the connection.
      throw new SQLException("the address is not one of " + product.name() + ": " + url, "08001");
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
    return (int) product.timeout().toSeconds();
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
