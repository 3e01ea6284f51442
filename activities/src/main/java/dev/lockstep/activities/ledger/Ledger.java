package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/**
 * The steps of runs, as the ledger knows them. Every method works in the transaction of its handle:
 * a note commits together with what it tells of.
 */
public final class Ledger {
  /**
   * Makes the tables of the ledger where they are not there, also those that the ledger of an
   * earlier version lacks; any number may do it at once.
   */
  public void create(Handle handle) {
    if (!LedgerTables.complete(handle)) {
      handle.useTransaction(LedgerTables::create);
    }
  }

  /** Whether the tables of the ledger are there. */
  public boolean exists(Handle handle) {
    return LedgerTables.exist(handle);
  }

  /** What is known of a step; empty where it never began. Needs the ledger. */
  public Optional<StepRecord> findStep(Handle handle, RunKey run, String step) {
    return find(handle, run, step, "");
  }

  /** Ids of the run's steps that began and were not undone. Needs the ledger. */
  public Set<String> findStanding(Handle handle, RunKey run) {
    return handle
        .createQuery("SELECT step_id FROM lockstep.steps WHERE run_id = :run AND state <> 'UNDONE'")
        .bind("run", run.id())
        .mapTo(String.class)
        .set();
  }

  /**
   * Notes that a step begins, and keeps everybody else out of it, and the undo of the run waiting,
   * until the end of the transaction.
   *
   * @return how it stands: {@code DONE} where it was done before, else {@code STARTED}
   * @throws io.temporal.failure.ApplicationFailure RUN_ABORTED where the run is being undone or has
   *     ended: a worker that was taken for dead woke up
   */
  public StepRecord begin(Handle handle, RunKey run, String step) {
    requireRunning(handle, run, step);
    handle
        .createUpdate(
            """
            INSERT INTO lockstep.steps AS s (run_id, step_id, state)
            VALUES (:run, :step, 'STARTED')
            ON CONFLICT (run_id, step_id) DO UPDATE
            SET state = 'STARTED', figures = '{}', started_at = clock_timestamp(), ended_at = NULL
            WHERE s.state = 'UNDONE'
            """)
        .bind("run", run.id())
        .bind("step", step)
        .execute();
    return lock(handle, run, step).orElseThrow();
  }

  /**
   * What is known of a step, and keeps everybody else out of it until the end of the transaction;
   * empty where it never began.
   */
  public Optional<StepRecord> lock(Handle handle, RunKey run, String step) {
    return find(handle, run, step, " FOR UPDATE");
  }

  /** Notes that a step is done. */
  public void markDone(Handle handle, RunKey run, String step, SortedMap<String, Long> figures) {
    handle
        .createUpdate(
            """
            INSERT INTO lockstep.steps AS s (run_id, step_id, state, figures, ended_at)
            VALUES (:run, :step, 'DONE', CAST(:figures AS jsonb), clock_timestamp())
            ON CONFLICT (run_id, step_id) DO UPDATE
            SET state = 'DONE', figures = excluded.figures, ended_at = excluded.ended_at
            """)
        .bind("run", run.id())
        .bind("step", step)
        .bind("figures", Figures.write(figures))
        .execute();
  }

  /** Notes that a step is taken back; nothing where it never began. */
  public void markUndone(Handle handle, RunKey run, String step) {
    handle
        .createUpdate(
            """
            UPDATE lockstep.steps SET state = 'UNDONE', ended_at = clock_timestamp()
            WHERE run_id = :run AND step_id = :step
            """)
        .bind("run", run.id())
        .bind("step", step)
        .execute();
  }

  private static void requireRunning(Handle handle, RunKey run, String step) {
    handle
        .createQuery("SELECT state FROM lockstep.runs WHERE id = :run FOR SHARE")
        .bind("run", run.id())
        .mapTo(RunState.class)
        .findOne()
        .filter(state -> state != RunState.RUNNING)
        .ifPresent(
            state -> {
              throw Faults.failure(
                  FaultCode.RUN_ABORTED,
                  "run " + run + " is " + state + " in the ledger: none of its steps begins now",
                  step);
            });
  }

  private static Optional<StepRecord> find(Handle handle, RunKey run, String step, String suffix) {
    return handle
        .createQuery(
            "SELECT state, figures::text AS figures FROM lockstep.steps"
                + " WHERE run_id = :run AND step_id = :step"
                + suffix)
        .bind("run", run.id())
        .bind("step", step)
        .map(
            (row, at) ->
                new StepRecord(
                    StepRecord.State.valueOf(row.getString("state")),
                    Figures.read(row.getString("figures"))))
        .findOne();
  }
}
