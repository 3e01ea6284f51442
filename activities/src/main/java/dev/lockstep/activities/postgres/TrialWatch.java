package dev.lockstep.activities.postgres;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.activities.postgres.health.OwnSignals;
import dev.lockstep.activities.postgres.health.SignalMaker;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A trial in the database, with what the ledger knows of it: when the count before it ended and
 * what it came to, and when the trial began. So a trial that a worker left goes on as it began.
 */
final class TrialWatch {
  private final StepScope scope;
  private final Databases databases;
  private final SignalMaker signals;
  private final Supplier<Reporter> reporters;
  private final Ledger ledger = new Ledger();

  TrialWatch(
      StepScope scope, Databases databases, SignalMaker signals, Supplier<Reporter> reporters) {
    this.scope = scope;
    this.databases = databases;
    this.signals = signals;
    this.reporters = reporters;
  }

  /** Counts what is usual. */
  StepOutcome count(Action.BeforeTrial action) {
    OwnSignals own = signals.own(action.signals());
    return watched(
        (handle, reporter) -> new RollbackCount(scope.step(), action, own).run(handle, reporter));
  }

  /** Watches clients. */
  StepOutcome watch(Action.Trial action) {
    OwnSignals own = signals.own(action.signals());
    return watched((handle, reporter) -> new TryOut(scope, action, own).run(handle, reporter));
  }

  /** Notes the trial done. */
  StepOutcome end() {
    return translated(
        jdbi ->
            jdbi.inTransaction(
                transaction -> {
                  StepRecord step = ledger.begin(transaction, scope.run(), scope.step());
                  if (!step.done()) {
                    ledger.markDone(transaction, scope.run(), scope.step(), new TreeMap<>());
                  }
                  return StepOutcome.done();
                }));
  }

  /** Notes the trial and the count undone. */
  void forget(Action.Trial action) {
    translated(
        jdbi ->
            jdbi.inTransaction(
                transaction -> {
                  ledger.markUndone(transaction, scope.run(), scope.step());
                  ledger.markUndone(transaction, scope.run(), action.before());
                  return StepOutcome.done();
                }));
  }

  private StepOutcome watched(BiFunction<Handle, Reporter, SortedMap<String, Long>> work) {
    return translated(
        jdbi -> {
          StepRecord step =
              jdbi.inTransaction(
                  transaction -> ledger.begin(transaction, scope.run(), scope.step()));
          if (step.done()) {
            return new StepOutcome(true, RollbackCount.shown(step.figures()));
          }
          Reporter reporter = reporters.get();
          return jdbi.withHandle(
              handle -> {
                SortedMap<String, Long> figures =
                    Watch.over(
                        handle.getConnection(), reporter, () -> work.apply(handle, reporter));
                ledger.markDone(handle, scope.run(), scope.step(), figures);
                return new StepOutcome(false, RollbackCount.shown(figures));
              });
        });
  }

  private StepOutcome translated(Function<Jdbi, StepOutcome> work) {
    return PostgresFaults.translated(
        scope.step(), () -> work.apply(databases.open(scope.database())));
  }
}
