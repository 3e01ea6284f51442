package dev.lockstep.activities.dump.mysql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that sees one moment, used by one reader at a time.
 *
 * @param turn held by whoever reads
 */
record MysqlSnapshot(OwnSession session, Semaphore turn) {
  /** Waits of the server for its client, as it may be the store that is slow: a day. */
  private static final long PATIENCE_SECONDS = Duration.ofDays(1).toSeconds();

  private static final long LOOK_MILLIS = 200;

  /** Names are quoted, text comes as UTF-8, points in time are those of UTC. */
  private static final List<String> SETTINGS =
      List.of(
          "SET SESSION sql_mode = ''",
          "SET SESSION sql_quote_show_create = 1",
          "SET SESSION time_zone = '+00:00'",
          "SET SESSION net_write_timeout = " + PATIENCE_SECONDS,
          "SET SESSION wait_timeout = " + PATIENCE_SECONDS,
          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
          "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");

  /** Tables that were read are free for others to be altered, as soon as one goes back to it. */
  private static final String SAVEPOINT = "SAVEPOINT lockstep";

  private static final String BACK = "ROLLBACK TO SAVEPOINT lockstep";

  /** MariaDB tells where its snapshot stands in the binary log. */
  private static final String POSITION = "SHOW STATUS LIKE 'binlog\\_snapshot\\_%'";

  static MysqlSnapshot begin(OwnSession session) throws SQLException {
    session.execute(SETTINGS);
    session.execute(SAVEPOINT);
    return new MysqlSnapshot(session, new Semaphore(1));
  }

  Handle handle() {
    return session.handle();
  }

  /** Such as {@code binlog.000001:864}; empty where the server does not tell it. */
  Optional<String> position() {
    Map<String, String> told = new TreeMap<>();
    handle()
        .createQuery(POSITION)
        .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
        .forEach(pair -> told.put(pair[0].toLowerCase(Locale.ROOT), pair[1]));
    String file = told.getOrDefault("binlog_snapshot_file", "");
    String place = told.getOrDefault("binlog_snapshot_position", "");
    return file.isEmpty() ? Optional.empty() : Optional.of(file + ":" + place);
  }

  /** Gives up what reading a table held. */
  void leave() throws SQLException {
    session.execute(BACK);
  }

  /**
   * Waits for the turn to read.
   *
   * @param check called now and then; what it throws ends the wait
   * @return false: the session was closed meanwhile
   */
  boolean await(Runnable check) {
    try {
      while (!turn.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        check.run();
        if (session.isOver()) {
          return false;
        }
      }
      return !session.isOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
