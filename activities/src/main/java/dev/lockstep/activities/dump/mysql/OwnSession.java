package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.place.Running;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with settings of its own. {@link #leave} gives it back to the pool with those that it
 * had; {@link #close} ends it, whatever it does at that moment, unless it was left. Safe to be
 * closed by another thread.
 */
final class OwnSession implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(OwnSession.class);

  /** Everything that users of such a session change. */
  private static final List<String> VARIABLES =
      List.of(
          "sql_mode",
          "sql_quote_show_create",
          "time_zone",
          "net_write_timeout",
          "wait_timeout",
          "foreign_key_checks",
          "unique_checks",
          "collation_connection",
          "character_set_results");

  private final Handle handle;
  private final List<String> before;
  private final AtomicBoolean over = new AtomicBoolean();

  private OwnSession(Handle handle, List<String> before) {
    this.handle = handle;
    this.before = before;
  }

  /** Opens one. */
  static OwnSession open(Jdbi database) throws SQLException {
    Handle handle = database.open();
    try {
      return new OwnSession(handle, settings(handle.getConnection()));
    } catch (SQLException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private static List<String> settings(Connection connection) throws SQLException {
    List<String> names = VARIABLES.stream().map(name -> "@@session." + name).toList();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + String.join(", ", names))) {
      row.next();
      List<String> settings = new ArrayList<>();
      for (int i = 0; i < VARIABLES.size(); i++) {
        String value = row.getString(i + 1);
        boolean number = value.chars().allMatch(Character::isDigit) && !value.isEmpty();
        settings.add("SESSION " + VARIABLES.get(i) + " = " + (number ? value : quoted(value)));
      }
      return settings;
    }
  }

  /** Names of settings and modes hold nothing that would need more. */
  static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  Handle handle() {
    return handle;
  }

  Connection connection() {
    return handle.getConnection();
  }

  boolean isOver() {
    return over.get();
  }

  /** As it is written: no parameters, no escapes of JDBC. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  void execute(List<String> statements) throws SQLException {
    for (String statement : statements) {
      execute(statement);
    }
  }

  @Override
  public InputStream output() {
    return InputStream.nullInputStream();
  }

  /** Ends its transaction without effect and gives it back; nothing may be under way in it. */
  void leave() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      execute("ROLLBACK");
      execute("SET " + String.join(", ", before));
      handle.close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("a session that cannot be given back", e);
      abort();
    }
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      abort();
    }
  }

  private void abort() {
    try {
      connection().unwrap(org.mariadb.jdbc.Connection.class).abort(Runnable::run);
      // The pool learns by the refusal that this connection is none any more.
      execute("DO 0");
      LOG.warn("a session that was ended still answers");
    } catch (SQLException | RuntimeException e) {
      LOG.debug("a session that is gone", e);
    }
    try {
      handle.close();
    } catch (RuntimeException e) {
      LOG.debug("a session that is gone", e);
    }
  }
}
