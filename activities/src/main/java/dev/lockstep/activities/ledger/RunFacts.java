package dev.lockstep.activities.ledger;

import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger says of runs to those who look back. Every method works in the transaction of its
 * handle, and needs the ledger.
 */
public final class RunFacts {
  private static final int MOST_POISON_ROWS = 100;

  /**
   * A run among those of its definition.
   *
   * @param state name of a {@link dev.lockstep.workflows.api.RunState}
   * @param fault the first one, for people
   * @param database name of the definition
   * @param ended absent: it is not settled
   */
  public record Past(
      RunKey key,
      String state,
      Optional<String> fault,
      String database,
      Instant started,
      Optional<Instant> ended) {}

  /**
   * A step that began.
   *
   * @param figures those of a step that is done
   * @param ended absent: it is not done
   */
  public record PastStep(
      String id,
      StepRecord.State state,
      SortedMap<String, Long> figures,
      Instant started,
      Optional<Instant> ended) {
    /** What it came to. */
    public StepOutcome outcome() {
      return new StepOutcome(true, figures);
    }
  }

  /**
   * Rows that a step or a part of it has worked on.
   *
   * @param step its id, or that of a part: {@code step/…}
   */
  public record Walked(String step, long rows, long batches) {}

  /** Every run of a definition, the newest first. */
  public List<Past> findAll(Handle handle, String name) {
    return handle
        .createQuery(
            """
            SELECT id, state, fault, database, started_at, ended_at FROM lockstep.runs
            WHERE name = :name ORDER BY number DESC
            """)
        .bind("name", name)
        .map(
            (row, at) ->
                new Past(
                    new RunKey(row.getString("id")),
                    row.getString("state"),
                    Optional.ofNullable(row.getString("fault")),
                    row.getString("database"),
                    instant(row, "started_at").orElseThrow(),
                    instant(row, "ended_at")))
        .list();
  }

  /** The steps of a run that began, in the order in which they did. */
  public List<PastStep> findSteps(Handle handle, RunKey run) {
    return handle
        .createQuery(
            """
            SELECT step_id, state, figures::text AS figures, started_at, ended_at
            FROM lockstep.steps WHERE run_id = :run ORDER BY started_at, step_id
            """)
        .bind("run", run.id())
        .map(
            (row, at) ->
                new PastStep(
                    row.getString("step_id"),
                    StepRecord.State.valueOf(row.getString("state")),
                    Figures.read(row.getString("figures")),
                    instant(row, "started_at").orElseThrow(),
                    instant(row, "ended_at")))
        .list();
  }

  /** What the ranges of each step and part add up to. */
  public List<Walked> findWalked(Handle handle, RunKey run) {
    return handle
        .createQuery(
            """
            SELECT step_id, sum(rows)::bigint AS rows, sum(batches)::bigint AS batches
            FROM lockstep.ranges WHERE run_id = :run GROUP BY step_id ORDER BY step_id
            """)
        .bind("run", run.id())
        .map(
            (row, at) ->
                new Walked(row.getString("step_id"), row.getLong("rows"), row.getLong("batches")))
        .list();
  }

  /** The rows that steps could not work on, at most a hundred of them. */
  public List<PoisonRow> findPoisonRows(Handle handle, RunKey run) {
    if (!LedgerTables.complete(handle)) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            SELECT key, fault, message FROM lockstep.poison_rows
            WHERE run_id = :run ORDER BY noted_at, key LIMIT :most
            """)
        .bind("run", run.id())
        .bind("most", MOST_POISON_ROWS)
        .map(
            (row, at) ->
                new PoisonRow(
                    row.getString("key"), row.getString("fault"), row.getString("message")))
        .list();
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
