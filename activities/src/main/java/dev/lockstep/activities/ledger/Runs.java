package dev.lockstep.activities.ledger;

import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jspecify.annotations.Nullable;

/**
 * Runs and the tables they claim. A claim belongs to the run, not to a process: it lasts until the
 * run is settled, whoever goes on with it.
 */
public final class Runs {
  private static final String RECORD =
      "SELECT id, number, state, definition, definition_hash, plan, plan_hash, workflow_id,"
          + " schema_before FROM lockstep.runs ";

  /** The run of that key. Needs the ledger. */
  public Optional<RunRecord> find(Handle handle, RunKey run) {
    return handle
        .createQuery(RECORD + "WHERE id = :run")
        .bind("run", run.id())
        .map((row, at) -> record(row))
        .findOne();
  }

  /** The newest run of the definition of that name. Needs the ledger. */
  public Optional<RunRecord> findLatest(Handle handle, String name) {
    return handle
        .createQuery(RECORD + "WHERE name = :name ORDER BY number DESC LIMIT 1")
        .bind("name", name)
        .map((row, at) -> record(row))
        .findOne();
  }

  /**
   * Keeps other runs from claiming until the end of the transaction. To be taken before {@link
   * #findClaims}.
   */
  public void lockClaims(Handle handle) {
    LedgerTables.lock(handle);
  }

  /** Which of the tables other runs claim, and which run each. */
  public SortedMap<TableName, RunKey> findClaims(
      Handle handle, RunKey own, List<TableName> tables) {
    Map<String, String> claims =
        handle
            .createQuery("SELECT table_name, run_id FROM lockstep.claims WHERE run_id <> :run")
            .bind("run", own.id())
            .setMapKeyColumn("table_name")
            .setMapValueColumn("run_id")
            .collectInto(new GenericType<Map<String, String>>() {});
    SortedMap<TableName, RunKey> taken = new TreeMap<>();
    for (TableName table : tables) {
      @Nullable String run = claims.get(stored(table));
      if (run != null) {
        taken.put(table, new RunKey(run));
      }
    }
    return taken;
  }

  /** Records a run and its claims. */
  public void create(Handle handle, NewRun begun) {
    RunRecord run = begun.run();
    handle
        .createUpdate(
            """
            INSERT INTO lockstep.runs (id, name, number, kind, database, definition,
              definition_hash, plan, plan_hash, workflow_id, state, schema_before)
            VALUES (:id, :name, :number, :kind, :database, :definition, :definitionHash, :plan,
              :planHash, :workflowId, :state, :schemaBefore)
            """)
        .bind("id", run.key().id())
        .bind("name", nameOf(run.key()))
        .bind("number", run.number())
        .bind("kind", begun.kind())
        .bind("database", begun.database())
        .bind("definition", run.definition())
        .bind("definitionHash", run.definitionHash())
        .bind("plan", run.plan())
        .bind("planHash", run.planHash())
        .bind("workflowId", run.workflowId())
        .bind("state", run.state().name())
        .bind("schemaBefore", run.schemaBefore())
        .execute();
    for (TableName table : begun.tables()) {
      handle
          .createUpdate("INSERT INTO lockstep.claims (table_name, run_id) VALUES (:table, :run)")
          .bind("table", stored(table))
          .bind("run", run.key().id())
          .execute();
    }
  }

  /** Notes that the run is being undone. An ended run stays as it is. */
  public void beginUndo(Handle handle, RunKey run) {
    handle
        .createUpdate(
            """
            UPDATE lockstep.runs SET state = 'ROLLING_BACK', updated_at = clock_timestamp()
            WHERE id = :run AND ended_at IS NULL
            """)
        .bind("run", run.id())
        .execute();
  }

  /** Notes how the run ended, and releases its claims. An ended run stays as it is. */
  public void settle(Handle handle, RunKey run, RunState state, Optional<String> fault) {
    handle
        .createUpdate(
            """
            UPDATE lockstep.runs SET state = :state, fault = :fault,
              updated_at = clock_timestamp(), ended_at = clock_timestamp()
            WHERE id = :run AND ended_at IS NULL
            """)
        .bind("run", run.id())
        .bind("state", state.name())
        .bind("fault", fault.orElse(null))
        .execute();
    handle
        .createUpdate("DELETE FROM lockstep.claims WHERE run_id = :run")
        .bind("run", run.id())
        .execute();
  }

  /** The key of a definition's run. */
  public static RunKey key(String name, int number) {
    return new RunKey(name + "/" + number);
  }

  /** The definition's name in a key. */
  public static String nameOf(RunKey run) {
    return run.id().substring(0, run.id().lastIndexOf('/'));
  }

  /** The run's number in a key. */
  public static int numberOf(RunKey run) {
    return Integer.parseInt(run.id().substring(run.id().lastIndexOf('/') + 1));
  }

  private static String stored(TableName table) {
    return table.schema() + "." + table.name();
  }

  private static RunRecord record(ResultSet row) throws SQLException {
    return new RunRecord(
        new RunKey(row.getString("id")),
        row.getInt("number"),
        RunState.valueOf(row.getString("state")),
        row.getString("definition"),
        row.getString("definition_hash"),
        row.getString("plan"),
        row.getString("plan_hash"),
        row.getString("workflow_id"),
        row.getString("schema_before"));
  }
}
