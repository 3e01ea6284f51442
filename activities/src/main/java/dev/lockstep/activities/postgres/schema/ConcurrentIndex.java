package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and drops one index while reads and writes go on. Neither can be part of a transaction, so
 * each looks in the catalogue first and may be called again after it was cut anywhere.
 *
 * <ol>
 *   <li>Look whether somebody has a lock that excludes the build, such as an earlier build of ours
 *       whose process was lost but whose session still works.
 *   <li>An index that is valid is kept; an invalid one is the left-over of a cut build and dropped.
 *   <li>Build without time limit: it waits for every transaction that began earlier, and only says
 *       for whom; no client waits for it. Where the definition asks for it, {@link IndexWait} ends
 *       such a transaction.
 *   <li>Where rows refuse the index, drop what is left of it.
 * </ol>
 */
final class ConcurrentIndex implements TableIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentIndex.class);

  /** The last one since PostgreSQL 17. */
  private static final List<String> LIMITS =
      List.of("statement_timeout", "lock_timeout", "transaction_timeout");

  private final StepScope scope;
  private final Reporter reporter;
  private final Jdbi jdbi;
  private final TableName table;
  private final String index;

  ConcurrentIndex(Jdbi jdbi, StepScope scope, Reporter reporter, IndexName name) {
    this.jdbi = jdbi;
    this.scope = scope;
    this.reporter = reporter;
    this.table = name.table();
    this.index = name.index();
  }

  /** An index and its table; both are in one schema. */
  record IndexName(TableName table, String index) {}

  /** A table and its database. */
  record Place(Jdbi jdbi, TableName table) {}

  @Override
  public Optional<IndexState> find(Handle handle) {
    return IndexState.find(handle, table, index);
  }

  @Override
  public IndexState build(Handle handle, String sql) {
    lookForLocks(handle);
    Optional<IndexState> before = find(handle);
    if (before.filter(IndexState::valid).isPresent()) {
      return requireOwn(before.get());
    }
    if (before.isPresent()) {
      requireOwn(before.get());
      runWithoutLimits(handle, dropSql());
    }
    try {
      runWithoutLimits(handle, sql);
    } catch (JdbiException e) {
      if (!PostgresFaults.translate(e, scope.step()).isNonRetryable()) {
        throw e;
      }
      dropLeftOver(handle);
      throw refused(e);
    }
    return find(handle)
        .filter(IndexState::valid)
        .orElseThrow(() -> unexpected("is not valid after its build"));
  }

  @Override
  public void remove(Handle handle) {
    if (find(handle).isPresent()) {
      requireOwn(find(handle).orElseThrow());
      lookForLocks(handle);
      runWithoutLimits(handle, dropSql());
    }
  }

  @Override
  public void takeBack(Handle handle) {
    remove(handle);
  }

  @Override
  public RuntimeException unexpected(String what) {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED, "index " + index + " of " + table + " " + what, scope.step());
  }

  private IndexState requireOwn(IndexState state) {
    if (!state.ofTable()) {
      throw unexpected("is not there, but another table has an index of that name");
    }
    return state;
  }

  private void lookForLocks(Handle handle) {
    new LockProtocol(scope, reporter)
        .look(handle, List.of(new TableLock(table, LockMode.SHARE_UPDATE_EXCLUSIVE)));
  }

  /**
   * Limits of the role would cut a long build; a wait for an old transaction harms nobody. Only a
   * limit that is there is lifted: a setting of the session is that of others, too, where a pooler
   * stands between.
   */
  private void runWithoutLimits(Handle handle, String sql) {
    List<String> limits = LIMITS.stream().filter(limit -> isSet(handle, limit)).toList();
    limits.forEach(limit -> PlainSql.run(handle, "SET " + limit + " = 0"));
    try {
      IndexWait wait = new IndexWait(scope, reporter, index, sql);
      IndexProgress progress =
          new IndexProgress(new Place(jdbi, table), scope.step(), reporter, wait);
      Watch.over(
          handle.getConnection(),
          reporter,
          progress,
          () -> {
            PlainSql.run(handle, sql);
            return true;
          });
    } finally {
      reset(handle, limits);
    }
  }

  private static boolean isSet(Handle handle, String limit) {
    return PlainSql.value(handle, "SELECT current_setting('" + limit + "', true)")
        .filter(value -> !value.equals("0"))
        .isPresent();
  }

  private static void reset(Handle handle, List<String> limits) {
    try {
      limits.forEach(limit -> PlainSql.run(handle, "RESET " + limit));
    } catch (JdbiException e) {
      LOG.debug("limits of a lost session need no reset", e);
    }
  }

  private void dropLeftOver(Handle handle) {
    try {
      if (find(handle).filter(state -> !state.valid() && state.ofTable()).isPresent()) {
        runWithoutLimits(handle, dropSql());
      }
    } catch (JdbiException e) {
      LOG.warn("the invalid index {} is left over; the undo of the step drops it", index, e);
    }
  }

  private RuntimeException refused(JdbiException e) {
    var fault = PostgresFaults.translate(e, scope.step());
    return Faults.failure(
        FaultCode.valueOf(fault.getType()),
        "index " + index + " of " + table + " cannot be built: " + fault.getOriginalMessage(),
        scope.step());
  }

  private String dropSql() {
    return "DROP INDEX CONCURRENTLY IF EXISTS " + Quoted.name(new TableName(table.schema(), index));
  }
}
