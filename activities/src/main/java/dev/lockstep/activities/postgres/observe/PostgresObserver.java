package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Answers the planner's questions about a PostgreSQL database, 13 to 18.
 *
 * <p>One REPEATABLE READ transaction that is rolled back. User tables are locked ACCESS SHARE at
 * most; where somebody holds one ACCESS EXCLUSIVE, it fails with SQLSTATE 55P03 after {@link
 * #LOCK_TIMEOUT} instead of waiting.
 */
public final class PostgresObserver {
  /** Longer than any statement that holds such a lock for a good reason. */
  static final String LOCK_TIMEOUT = "1s";

  /** Queries of the catalogue take milliseconds; databases with 100,000 tables some seconds. */
  static final String STATEMENT_TIMEOUT = "30s";

  /**
   * The facts.
   *
   * @param handle not in a transaction
   * @param workloads what was seen of the cluster; goes into the answer as it is
   */
  public Observation observe(
      Handle handle, Questions questions, List<Observation.Workload> workloads) {
    return handle.inTransaction(
        h -> {
          // Not through the driver: it would set the session, which is also that of others where a
          // pooler stands between.
          h.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
          Observation observation = read(h, questions, workloads);
          h.rollback();
          return observation;
        });
  }

  private static Observation read(
      Handle handle, Questions questions, List<Observation.Workload> workloads) {
    String ownPath = handle.select("SHOW search_path").mapTo(String.class).one();
    handle.execute("SET LOCAL lock_timeout = '" + LOCK_TIMEOUT + "'");
    handle.execute("SET LOCAL statement_timeout = '" + STATEMENT_TIMEOUT + "'");
    // Names and types are then written with their schemas, and mean the same everywhere.
    handle.execute("SET LOCAL search_path = ''");
    List<Observation.Table> tables =
        questions.tables().stream().map(t -> table(handle, t)).flatMap(Optional::stream).toList();
    ExpressionJudge judge = new ExpressionJudge(handle, ownPath, tables);
    return new Observation(
        ServerFacts.read(handle),
        tables,
        questions.expressions().stream().map(judge::judge).toList(),
        workloads,
        questions.relations().stream().filter(r -> ServerFacts.taken(handle, r)).toList(),
        ServerFacts.schemas(handle, questions));
  }

  private static Optional<Observation.Table> table(Handle handle, TableName name) {
    return TableFacts.find(handle, name).map(facts -> facts.table(handle));
  }
}
