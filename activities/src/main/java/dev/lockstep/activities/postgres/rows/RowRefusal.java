package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Faults that one row of a batch can be to blame for, with the row named. */
final class RowRefusal {
  /** A time limit may be one slow row's; a statement may be refused for what a row holds. */
  private static final Set<FaultCode> OF_ONE_ROW =
      Set.of(
          FaultCode.ROW_REFUSED,
          FaultCode.STATEMENT_REFUSED,
          FaultCode.LOCK_NOT_ACQUIRED,
          FaultCode.TRANSACTION_CONFLICTED);

  /** Class 42, syntax error or access rule violation. */
  private static final String STATEMENT_WRONG = "42";

  private final WalkedTable table;
  private final String step;

  RowRefusal(WalkedTable table, String step) {
    this.table = table;
    this.step = step;
  }

  /** Whether a smaller batch may do better: not where the statement itself is wrong. */
  static boolean isOfOneRow(SQLException refusal) {
    boolean wrong =
        PostgresFaults.sqlState(refusal).filter(s -> s.startsWith(STATEMENT_WRONG)).isPresent();
    return !wrong && OF_ONE_ROW.contains(code(PostgresFaults.translate(refusal, "")));
  }

  /** The fault with the row's key. */
  ApplicationFailure of(Key key, ApplicationFailure failure) {
    return Faults.failure(
        code(failure), table.row(key) + ": " + failure.getOriginalMessage(), step, failure);
  }

  /** The fault with the row's key and, where the server knows it, who holds the row's lock. */
  ApplicationFailure ofLocked(
      Session session, Interval row, Duration waited, ApplicationFailure failure) {
    Key key = row.upTo().orElseThrow();
    String message =
        "lock on %s not acquired within %d ms%s"
            .formatted(table.row(key), waited.toMillis(), holder(session, row));
    return Faults.failure(code(failure), message, step, failure);
  }

  /** A plain lock of a row is the transaction id in its xmax. */
  private String holder(Session session, Interval row) {
    String query =
        """
        SELECT ', held by pid ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), 'no name')
          || coalesce(', ' || a.state || ' for ' || date_trunc('second', now() - a.state_change), '')
          || ')'
        FROM %s JOIN pg_locks AS l ON l.locktype = 'transactionid' AND l.granted
          AND l.transactionid = xmax
        JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE %s LIMIT 1
        """
            .formatted(table.reference(), table.within(row));
    try {
      List<String> found = session.values(query);
      return found.isEmpty() ? "" : found.get(0);
    } catch (SQLException e) {
      return "";
    }
  }

  private static FaultCode code(ApplicationFailure failure) {
    return FaultCode.valueOf(failure.getType());
  }
}
