package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One step in one transaction: the ledger's note commits with the statements, so that a step is
 * either not done at all or done and noted, wherever it is cut.
 *
 * <ol>
 *   <li>Ask the ledger whether anything is left to do.
 *   <li>{@link LockProtocol}: look who is in the way.
 *   <li>In the transaction: take the ledger's row, so that nobody else does the step at this time;
 *       take the locks; act; note.
 *   <li>A lock that is not to be had takes the transaction back to its beginning, and it commits
 *       nothing: the server counts no rollback, which a trial would take for one of a client.
 * </ol>
 */
final class LockedTransaction {
  /**
   * The server ends the transaction, and frees its locks, when we fall silent for so long: our
   * statements follow each other within milliseconds, and clients may wait behind them.
   */
  private static final String SILENCE_LIMIT = "5s";

  private static final String BEGINNING = "lockstep_beginning";

  private final StepScope scope;
  private final LedgerNote note;
  private final List<TableLock> locks;
  private final Reporter reporter;

  LockedTransaction(StepScope scope, LedgerNote note, List<TableLock> locks, Reporter reporter) {
    this.scope = scope;
    this.note = note;
    this.locks = locks;
    this.reporter = reporter;
  }

  StepOutcome run(Handle handle, Consumer<Handle> act) {
    Optional<StepOutcome> answer = note.look(handle);
    if (answer.isPresent()) {
      return answer.get();
    }
    LockProtocol protocol = new LockProtocol(scope, reporter);
    protocol.look(handle, locks);
    SortedMap<String, Long> ended = SessionEnd.figures(handle, scope);
    Optional<StepOutcome> outcome =
        Watch.over(
            handle.getConnection(),
            reporter,
            () ->
                handle.inTransaction(
                    transaction ->
                        unlessRefused(transaction, () -> act(transaction, protocol, act, ended))));
    return outcome.orElseThrow(() -> protocol.tooLong(handle, locks));
  }

  /** Empty: a lock was not to be had, and nothing was done. */
  private static Optional<StepOutcome> unlessRefused(
      Handle transaction, Supplier<StepOutcome> act) {
    transaction.savepoint(BEGINNING);
    try {
      return Optional.of(act.get());
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(LockProtocol.REFUSED::equals).isEmpty()) {
        throw e;
      }
      transaction.rollbackToSavepoint(BEGINNING);
      return Optional.empty();
    }
  }

  private StepOutcome act(
      Handle transaction,
      LockProtocol protocol,
      Consumer<Handle> act,
      SortedMap<String, Long> ended) {
    long began = System.nanoTime();
    PlainSql.run(
        transaction, "SET LOCAL idle_in_transaction_session_timeout = '" + SILENCE_LIMIT + "'");
    protocol.limitWaits(transaction);
    Optional<StepOutcome> answer = note.enter(transaction);
    if (answer.isPresent()) {
      return answer.get();
    }
    Duration waited = protocol.acquire(transaction, locks);
    act.accept(transaction);
    SortedMap<String, Long> figures = new TreeMap<>(ended);
    figures.put("maxLockWaitMillis", waited.toMillis());
    figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
    note.leave(transaction, figures);
    return new StepOutcome(false, figures);
  }
}
