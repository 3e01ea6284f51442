package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PostgresFaults;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Stops an ordinary autovacuum that holds a lock. The server does the same for anybody who waits
 * longer than {@code deadlock_timeout} (one second); our waits are shorter, so that without this an
 * autovacuum of hours would keep us out. One that prevents wraparound is left alone, as the server
 * does.
 */
final class Autovacuum {
  /** insufficient_privilege: not a superuser, and no pg_signal_autovacuum_worker. */
  private static final String NOT_ALLOWED = "42501";

  private Autovacuum() {}

  /** Whether the holder was an ordinary autovacuum and is told to stop. */
  static boolean stopped(Handle handle, LockHolder holder) {
    if (holder.kind() != LockHolder.Kind.AUTOVACUUM || holder.pid().isEmpty()) {
      return false;
    }
    try {
      return handle
          .createQuery(
              """
              SELECT coalesce(bool_and(pg_cancel_backend(pid)), true) FROM pg_stat_activity
              WHERE pid = :pid AND backend_type = 'autovacuum worker'
              """)
          .bind("pid", holder.pid().get())
          .mapTo(Boolean.class)
          .one();
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(NOT_ALLOWED::equals).isPresent()) {
        return false;
      }
      throw e;
    }
  }
}
