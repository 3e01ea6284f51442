package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.Engine;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How one product locks a whole database for a session, without touching anything in it. */
enum TargetLock {
  /**
   * The lock of a transaction, not of a session: through a pooler in transaction mode it stays with
   * its client. The transaction has no snapshot while it waits, so that it holds back no vacuum.
   */
  POSTGRESQL(
      "SELECT pg_try_advisory_xact_lock(x'6c6f636b73746571'::bigint)",
      """
      SELECT 'process ' || a.pid || coalesce(' of ' || a.client_addr::text, '') || ', since '
        || date_trunc('second', a.xact_start)
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.classid = x'6c6f636b'::bigint AND l.objid = x'73746571'::bigint
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """),
  /** Names of locks are those of the whole server. */
  MYSQL(
      "SELECT get_lock(concat('lockstep restore ', md5(database())), 0) = 1",
      "SELECT concat('connection ', is_used_lock(concat('lockstep restore ', md5(database()))))");

  private final String take;
  private final String holder;

  TargetLock(String take, String holder) {
    this.take = take;
    this.holder = holder;
  }

  static TargetLock of(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL, MARIADB -> MYSQL;
    };
  }

  /**
   * Takes it at once or not at all, for as long as the handle is open and its transaction runs.
   *
   * @return who has it; empty: the handle
   */
  Optional<String> take(Handle session) {
    if (this == POSTGRESQL) {
      session.begin();
    }
    if (session.createQuery(take).mapTo(Boolean.class).one()) {
      if (this == POSTGRESQL) {
        // Last, so that no query is left open whose snapshot would hold back vacuum.
        session.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      }
      return Optional.empty();
    }
    return Optional.of(
        session.createQuery(holder).mapTo(String.class).findFirst().orElse("a session that ended"));
  }

  /** Ends what {@link #take} began, before the connection goes back to its pool. */
  void giveBack(Handle session) {
    switch (this) {
      case POSTGRESQL -> session.rollback();
      case MYSQL ->
          session.execute("DO release_lock(concat('lockstep restore ', md5(database())))");
    }
  }
}
