package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.contract.RunKey;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The sessions of others that steps ended because they kept them from a lock. */
public final class EndedSessions {
  /**
   * Notes what is done to a session, in the transaction that does it.
   *
   * @param transaction tells the session's transaction from every other one of the server
   * @param description who it was, for people
   */
  public void note(Handle handle, StepKey step, How how, String transaction, String description) {
    handle
        .createUpdate(
            """
            INSERT INTO lockstep.ended_sessions (run_id, step_id, transaction, how, description)
            VALUES (:run, :step, :transaction, :how, :description)
            ON CONFLICT DO NOTHING
            """)
        .bind("run", step.run().id())
        .bind("step", step.step())
        .bind("transaction", transaction)
        .bind("how", how.name())
        .bind("description", description)
        .execute();
  }

  /** How long ago the transaction's query was cancelled for this step; empty where it was not. */
  public Optional<Duration> findCancelled(Handle handle, StepKey step, String transaction) {
    return handle
        .createQuery(
            """
            SELECT round(1000 * extract(epoch FROM clock_timestamp() - noted_at))::bigint
            FROM lockstep.ended_sessions
            WHERE run_id = :run AND step_id = :step AND transaction = :transaction
              AND how = 'CANCELLED'
            """)
        .bind("run", step.run().id())
        .bind("step", step.step())
        .bind("transaction", transaction)
        .mapTo(Long.class)
        .findOne()
        .map(Duration::ofMillis);
  }

  /** What the step did to others, as its figures; empty where it did nothing. */
  public SortedMap<String, Long> figures(Handle handle, StepKey step) {
    SortedMap<String, Long> figures = new TreeMap<>();
    if (LedgerTables.complete(handle)) {
      handle
          .createQuery(
              """
              SELECT how, count(*) AS sessions FROM lockstep.ended_sessions
              WHERE run_id = :run AND step_id = :step GROUP BY how
              """)
          .bind("run", step.run().id())
          .bind("step", step.step())
          .map((row, at) -> new Count(How.valueOf(row.getString("how")), row.getLong("sessions")))
          .forEach(count -> figures.put(count.how().figure, count.sessions()));
    }
    return figures;
  }

  /** What was done. The ledger stores the names. */
  public enum How {
    /** Its query was cancelled, which mostly ends its transaction. */
    CANCELLED("blockersCancelled"),
    /** Its session was ended. */
    TERMINATED("blockersTerminated");

    private final String figure;

    How(String figure) {
      this.figure = figure;
    }
  }

  /** A step of a run. */
  public record StepKey(RunKey run, String step) {}

  private record Count(How how, long sessions) {}
}
