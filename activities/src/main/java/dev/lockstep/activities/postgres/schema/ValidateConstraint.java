package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.PartitionTree.Partition;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Proves a NOT VALID constraint for the rows that are there. The lock it holds meanwhile excludes
 * only other schema changes and VACUUM. Proving what is proven does nothing.
 *
 * <p>A check of a partitioned table is proven partition by partition, each in a transaction of its
 * own: autovacuum is kept from one partition at a time, and a proof that was cut goes on at the
 * next one. The table's own proof then finds all of them proven.
 */
final class ValidateConstraint {
  /** Class 23, integrity constraint violation. */
  private static final String VIOLATION_CLASS = "23";

  /** The second one since PostgreSQL 17. Only for the transaction. */
  private static final String NO_LIMITS =
      "SELECT count(set_config(name, '0', true)) FROM pg_settings"
          + " WHERE name IN ('statement_timeout', 'transaction_timeout')";

  private final StepScope scope;
  private final Reporter reporter;

  ValidateConstraint(StepScope scope, Reporter reporter) {
    this.scope = scope;
    this.reporter = reporter;
  }

  StepOutcome run(Handle handle, Action.Validate action) {
    TableLock lock = new TableLock(action.table(), LockMode.SHARE_UPDATE_EXCLUSIVE);
    try {
      validatePartitions(handle, action);
      return new LockedTransaction(scope, LedgerNote.ofAct(scope), List.of(lock), reporter)
          .run(handle, transaction -> validate(transaction, action));
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(s -> s.startsWith(VIOLATION_CLASS)).isPresent()) {
        throw violated(handle, action, e);
      }
      throw e;
    }
  }

  private void validatePartitions(Handle handle, Action.Validate action) {
    List<Partition> partitions = PartitionTree.find(handle, action.table()).orElse(List.of());
    for (Partition partition : partitions) {
      boolean open =
          ConstraintState.find(handle, partition.name(), action.constraint())
              .filter(state -> !state.validated() && state.violation().isPresent())
              .isPresent();
      if (partition.leaf() && open) {
        Watch.over(
            handle.getConnection(),
            reporter,
            () -> {
              validate(handle, partition.name(), action.constraint());
              return true;
            });
      }
    }
  }

  private void validate(Handle handle, TableName partition, String constraint) {
    TableLock lock = new TableLock(partition, LockMode.SHARE_UPDATE_EXCLUSIVE);
    new LockProtocol(scope, reporter)
        .within(
            handle,
            List.of(lock),
            transaction -> {
              PlainSql.value(transaction, NO_LIMITS);
              PlainSql.run(
                  transaction,
                  "ALTER TABLE %s VALIDATE CONSTRAINT %s"
                      .formatted(Quoted.name(partition), Quoted.name(constraint)));
            });
  }

  private void validate(Handle transaction, Action.Validate action) {
    ConstraintState state =
        ConstraintState.find(transaction, action.table(), action.constraint())
            .orElseThrow(() -> missing(action));
    if (!state.validated()) {
      PlainSql.value(transaction, NO_LIMITS);
      PlainSql.run(transaction, action.sql());
    }
  }

  private ApplicationFailure violated(Handle handle, Action.Validate action, JdbiException e) {
    Optional<ConstraintState> state =
        ConstraintState.find(handle, action.table(), action.constraint());
    String rows =
        state
            .flatMap(ConstraintState::violation)
            .flatMap(
                violation ->
                    Watch.over(
                        handle.getConnection(),
                        reporter,
                        () -> OffendingRows.count(handle, action.table(), violation)))
            .orElse("some rows");
    String text = state.map(ConstraintState::definition).orElse("");
    return Faults.failure(
        FaultCode.ROW_REFUSED,
        rows
            + " of "
            + action.table()
            + " break "
            + action.constraint()
            + " "
            + text
            + ": "
            + PostgresFaults.translate(e, scope.step()).getOriginalMessage(),
        scope.step());
  }

  private ApplicationFailure missing(Action.Validate action) {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED,
        "constraint " + action.constraint() + " of " + action.table() + " is not there any more",
        scope.step());
  }
}
