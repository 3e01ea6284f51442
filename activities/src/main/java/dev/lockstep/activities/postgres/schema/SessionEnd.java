package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.ledger.EndedSessions;
import dev.lockstep.activities.ledger.EndedSessions.How;
import dev.lockstep.activities.ledger.EndedSessions.StepKey;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one session, if it is still the one that was looked at: the statement that ends it compares
 * the start of the session and of its transaction, its state, since when it is in it, and the
 * transaction's id. So it hits neither another session that got the same process id, nor one that
 * has gone on meanwhile. The ledger's note commits with it.
 */
final class SessionEnd {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEnd.class);

  /** insufficient_privilege. */
  private static final String NOT_ALLOWED = "42501";

  /** CASE, so that nothing is ended before all is compared. */
  private static final String END =
      """
      SELECT coalesce(bool_or(
        CASE WHEN %s = :transaction AND %s = :moment THEN %s(a.pid) ELSE false END), false)
      FROM pg_stat_activity a WHERE a.pid = :pid
      """;

  private final StepScope scope;
  private final StepKey step;
  private final String what;
  private final EndedSessions ended = new EndedSessions();

  /**
   * Of a step that wants {@code what}. The ledger of a run that an earlier version began gets its
   * table here.
   */
  SessionEnd(Handle handle, StepScope scope, String what) {
    new Ledger().create(handle);
    this.scope = scope;
    this.step = new StepKey(scope.run(), scope.step());
    this.what = what;
  }

  /**
   * What came of it.
   *
   * @param gone whether it no longer stands in the way
   */
  record Answer(boolean gone, String note) {}

  /** How long ago this step cancelled the query of the same transaction. */
  Optional<Duration> cancelled(Handle handle, Blocker blocker) {
    return ended.findCancelled(handle, step, blocker.identity().transaction());
  }

  /** What a step did to others so far. */
  static SortedMap<String, Long> figures(Handle handle, StepScope scope) {
    return new EndedSessions().figures(handle, new StepKey(scope.run(), scope.step()));
  }

  /** To be called outside of a transaction. */
  Answer end(Handle handle, Blocker blocker, How how) {
    String who = blocker.toString();
    try {
      if (!handle.inTransaction(transaction -> noted(transaction, blocker, how))) {
        return new Answer(
            true, "pid " + blocker.identity().pid() + " went on by itself and was not ended");
      }
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(NOT_ALLOWED::equals).isPresent()) {
        return new Answer(false, who + " was not ended: the server does not allow it to this role");
      }
      throw e;
    }
    String note =
        (how == How.CANCELLED ? "cancelled the query of " : "ended ")
            + who
            + ", which kept the step from "
            + what;
    LOG.warn("{}: {}", scope.step(), note);
    return new Answer(true, note);
  }

  private boolean noted(Handle transaction, Blocker blocker, How how) {
    boolean done =
        transaction
            .createQuery(
                END.formatted(BlockerQuery.TRANSACTION, BlockerQuery.MOMENT, function(how)))
            .bind("pid", blocker.identity().pid())
            .bind("transaction", blocker.identity().transaction())
            .bind("moment", blocker.identity().moment())
            .mapTo(Boolean.class)
            .one();
    if (done) {
      ended.note(
          transaction, step, how, blocker.identity().transaction(), blocker + " from " + what);
    }
    return done;
  }

  private static String function(How how) {
    return switch (how) {
      case CANCELLED -> "pg_cancel_backend";
      case TERMINATED -> "pg_terminate_backend";
    };
  }
}
