package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.contract.RunKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The ranges of the steps that work row by row. Every method works in the transaction of its
 * handle. What a batch notes of itself is written by the batch, in its own transaction.
 */
public final class Ranges {
  private static final String RANGES =
      """
      SELECT number, low, high, position, rows, batches, state FROM lockstep.ranges
      WHERE run_id = :run AND %s ORDER BY step_id, number
      """;

  /** All ranges of a step, by number. */
  public List<RangeRecord> find(Handle handle, RunKey run, String step) {
    return read(handle, run, step, "step_id = :step");
  }

  /** The same with those of its parts ({@code step/…}). */
  public List<RangeRecord> findWithParts(Handle handle, RunKey run, String step) {
    return read(handle, run, step, "(step_id = :step OR starts_with(step_id, :step || '/'))");
  }

  private static List<RangeRecord> read(Handle handle, RunKey run, String step, String condition) {
    return handle
        .createQuery(RANGES.formatted(condition))
        .bind("run", run.id())
        .bind("step", step)
        .map(
            (row, at) ->
                new RangeRecord(
                    row.getInt("number"),
                    Optional.ofNullable(row.getString("low")),
                    Optional.ofNullable(row.getString("high")),
                    Optional.ofNullable(row.getString("position")),
                    row.getLong("rows"),
                    row.getLong("batches"),
                    RangeRecord.State.valueOf(row.getString("state"))))
        .list();
  }

  /** Records ranges before any work is done on them. */
  public void add(Handle handle, RunKey run, String step, List<RangeRecord> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO lockstep.ranges (run_id, step_id, number, low, high, state)
            VALUES (:run, :step, :number, :low, :high, 'OPEN')
            """);
    for (RangeRecord range : ranges) {
      batch
          .bind("run", run.id())
          .bind("step", step)
          .bind("number", range.number())
          .bind("low", range.low().orElse(null))
          .bind("high", range.high().orElse(null))
          .add();
    }
    batch.execute();
  }

  /** Records ranges in the place of those of a step; those of its parts stay. */
  public void replace(Handle handle, RunKey run, String step, List<RangeRecord> ranges) {
    handle
        .createUpdate("DELETE FROM lockstep.ranges WHERE run_id = :run AND step_id = :step")
        .bind("run", run.id())
        .bind("step", step)
        .execute();
    add(handle, run, step, ranges);
  }

  /** Forgets the ranges of a step, those of its parts ({@code step/…}), and what was counted. */
  public void forget(Handle handle, RunKey run, String step) {
    remove(handle, run, step);
    handle
        .createUpdate(
            """
            UPDATE lockstep.steps SET figures = '{}' WHERE run_id = :run AND step_id = :step
            """)
        .bind("run", run.id())
        .bind("step", step)
        .execute();
  }

  /** Forgets the ranges of a step or part, and those of its parts. */
  public void remove(Handle handle, RunKey run, String step) {
    handle
        .createUpdate(
            """
            DELETE FROM lockstep.ranges
            WHERE run_id = :run AND (step_id = :step OR starts_with(step_id, :step || '/'))
            """)
        .bind("run", run.id())
        .bind("step", step)
        .execute();
  }

  /**
   * Forgets the ranges of all parts whose name begins so, but for one of them and its parts.
   *
   * @param prefix {@code step/…}
   * @param kept the whole name of that one
   */
  public void removeOthers(Handle handle, RunKey run, String prefix, String kept) {
    handle
        .createUpdate(
            """
            DELETE FROM lockstep.ranges
            WHERE run_id = :run AND starts_with(step_id, :prefix) AND step_id <> :kept
              AND NOT starts_with(step_id, :kept || '/')
            """)
        .bind("run", run.id())
        .bind("prefix", prefix)
        .bind("kept", kept)
        .execute();
  }

  /**
   * Takes over the ranges whose batch was begun and neither committed nor given up. Waits for a
   * batch that its server process is still at: such a batch commits and is not lost.
   *
   * @return how many batches were lost
   */
  public int reopen(Handle handle, RunKey run, String step) {
    return handle
        .createUpdate(
            """
            UPDATE lockstep.ranges SET state = 'OPEN', updated_at = clock_timestamp()
            WHERE run_id = :run AND step_id = :step AND state = 'IN_FLIGHT'
            """)
        .bind("run", run.id())
        .bind("step", step)
        .execute();
  }

  /** Adds to a figure of a step that is not done yet, so that it outlives the process. */
  public void count(Handle handle, RunKey run, String step, String figure, long amount) {
    handle
        .createUpdate(
            """
            UPDATE lockstep.steps SET figures = figures || jsonb_build_object(
              CAST(:figure AS text), coalesce((figures ->> :figure)::bigint, 0) + :amount)
            WHERE run_id = :run AND step_id = :step
            """)
        .bind("run", run.id())
        .bind("step", step)
        .bind("figure", figure)
        .bind("amount", amount)
        .execute();
  }
}
