package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.contract.RunKey;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows that steps could not work on and have set aside. Every method works in the transaction
 * of its handle. A row is noted by the statement that passes it over.
 */
public final class PoisonRows {
  /** Those of a step or of one of its parts, in the order in which they were met. */
  public List<PoisonRow> find(Handle handle, RunKey run, String step) {
    return handle
        .createQuery(
            """
            SELECT key, fault, message FROM lockstep.poison_rows
            WHERE run_id = :run AND step_id = :step ORDER BY noted_at, key
            """)
        .bind("run", run.id())
        .bind("step", step)
        .map(
            (row, at) ->
                new PoisonRow(
                    row.getString("key"), row.getString("fault"), row.getString("message")))
        .list();
  }

  /** Forgets those of a step or part, before its rows are walked anew. */
  public void forget(Handle handle, RunKey run, String step) {
    handle
        .createUpdate("DELETE FROM lockstep.poison_rows WHERE run_id = :run AND step_id = :step")
        .bind("run", run.id())
        .bind("step", step)
        .execute();
  }
}
