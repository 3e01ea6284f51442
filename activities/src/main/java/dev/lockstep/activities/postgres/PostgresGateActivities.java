package dev.lockstep.activities.postgres;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.activities.postgres.health.SignalMaker;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.GateActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Questions to PostgreSQL whose answer decides whether a run goes on. A gate that was passed once
 * stays passed: the ledger remembers it.
 */
public final class PostgresGateActivities implements GateActivities {
  private final Databases databases;
  private final Supplier<Reporter> reporters;
  private final SignalMaker signals;
  private final Ledger ledger = new Ledger();

  /** Reports to the run that calls. */
  public PostgresGateActivities(Databases databases) {
    this(databases, TemporalReporter::current);
  }

  /** Reports elsewhere. */
  public PostgresGateActivities(Databases databases, Supplier<Reporter> reporters) {
    this.databases = databases;
    this.reporters = reporters;
    this.signals = new SignalMaker(databases.tokens());
  }

  @Override
  public StepOutcome awaitOldClients(StepScope scope, Action.AwaitOldClients action) {
    return pass(scope, (jdbi, reporter) -> new OldClients(jdbi, scope, action, reporter).await());
  }

  @Override
  public StepOutcome ask(StepScope scope, Action.Ask action) {
    return pass(
        scope,
        (jdbi, reporter) ->
            jdbi.useHandle(handle -> new Question(scope.step(), action).ask(handle, reporter)));
  }

  @Override
  public StepOutcome beforeTrial(StepScope scope, Action.BeforeTrial action) {
    return trial(scope).count(action);
  }

  @Override
  public StepOutcome tryOut(StepScope scope, Action.Trial action) {
    return trial(scope).watch(action);
  }

  @Override
  public StepOutcome endTrial(StepScope scope, Action.Trial action) {
    return trial(scope).end();
  }

  @Override
  public void forgetTrial(StepScope scope, Action.Trial action) {
    trial(scope).forget(action);
  }

  private TrialWatch trial(StepScope scope) {
    return new TrialWatch(scope, databases, signals, reporters);
  }

  private StepOutcome pass(StepScope scope, BiConsumer<Jdbi, Reporter> gate) {
    return PostgresFaults.translated(
        scope.step(),
        () -> {
          Jdbi jdbi = databases.open(scope.database());
          StepRecord step =
              jdbi.inTransaction(
                  transaction -> ledger.begin(transaction, scope.run(), scope.step()));
          if (step.done()) {
            return step.alreadyDone();
          }
          long began = System.nanoTime();
          gate.accept(jdbi, reporters.get());
          SortedMap<String, Long> figures = new TreeMap<>();
          figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
          jdbi.useHandle(handle -> ledger.markDone(handle, scope.run(), scope.step(), figures));
          return new StepOutcome(false, figures);
        });
  }
}
