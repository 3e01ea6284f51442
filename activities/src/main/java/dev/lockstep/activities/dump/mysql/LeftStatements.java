package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.definitions.model.Database;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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

  /** A user always sees sessions of its own. */
  private static final String STATEMENTS =
      """
      SELECT count(*) FROM information_schema.processlist
      WHERE db = database() AND command <> 'Sleep' AND id <> connection_id()
        AND user = substring_index(user(), '@', 1)
      """;

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
    return MysqlFaults.translated(
        () ->
            databases
                .open(database)
                .withHandle(handle -> handle.createQuery(STATEMENTS).mapTo(Long.class).one() > 0));
  }
}
