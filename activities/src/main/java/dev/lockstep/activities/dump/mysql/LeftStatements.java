package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.definitions.model.Database;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server still does for a program that is gone: it sees that only when the statement is
 * done, and a table that is made after its database was cleared would be in the way of the next
 * load.
 */
record LeftStatements(Databases databases, Database database) {
  private static final Logger LOG = LoggerFactory.getLogger(LeftStatements.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 100;

  /** Of all sessions that the user may see; a user always sees its own. */
  private static final String SESSIONS = "SHOW PROCESSLIST";

  private static final String OURSELVES =
      "SELECT connection_id() AS id, substring_index(user(), '@', 1) AS user, database() AS db";

  /** Waits until there are none, or for ten seconds. */
  void await() {
    Instant deadline = Instant.now().plus(PATIENCE);
    try {
      while (some() && Instant.now().isBefore(deadline)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ApplicationFailure e) {
      LOG.debug("statements of a program that was ended are not known", e);
    }
  }

  private boolean some() {
    return MysqlFaults.translated(() -> databases.open(database).withHandle(this::some));
  }

  /**
   * Not by information_schema.processlist: MySQL ends a query of it with an error while any session
   * of the server runs a statement with characters outside utf8mb3.
   */
  private boolean some(Handle handle) {
    Map<String, Object> ourselves = handle.createQuery(OURSELVES).mapToMap().one();
    return handle.createQuery(SESSIONS).mapToMap().stream()
        .filter(session -> same("db", session, ourselves) && same("user", session, ourselves))
        .anyMatch(
            session -> !same("id", session, ourselves) && !"Sleep".equals(session.get("command")));
  }

  private static boolean same(
      String column, Map<String, Object> session, Map<String, Object> ourselves) {
    return String.valueOf(session.get(column)).equals(String.valueOf(ourselves.get(column)));
  }
}
