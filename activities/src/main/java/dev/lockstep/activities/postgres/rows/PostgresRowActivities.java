package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.health.HealthSignal;
import dev.lockstep.activities.postgres.health.HealthSignals;
import dev.lockstep.activities.postgres.health.SignalMaker;
import dev.lockstep.activities.postgres.rows.Verification.Extent;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Work on every row of a PostgreSQL table. A call uses {@code parallelism} connections and one. */
public final class PostgresRowActivities implements RowActivities {
  private final Databases databases;
  private final Supplier<Reporter> reporters;
  private final BiFunction<Limits, TableName, HealthSignals> signals;

  /** For a worker. */
  public PostgresRowActivities(Databases databases) {
    this(databases, TemporalReporter::current, new SignalMaker(databases.tokens())::make);
  }

  /**
   * With other ways to report and other signals.
   *
   * @param reporters asked once a call, in the thread of the call
   */
  public PostgresRowActivities(
      Databases databases, Supplier<Reporter> reporters, List<HealthSignal> signals) {
    this(databases, reporters, (limits, table) -> HealthSignals.ofAll(signals));
  }

  private PostgresRowActivities(
      Databases databases,
      Supplier<Reporter> reporters,
      BiFunction<Limits, TableName, HealthSignals> signals) {
    this.databases = databases;
    this.reporters = reporters;
    this.signals = signals;
  }

  @Override
  public StepOutcome backfill(StepScope scope, Action.Backfill action) {
    return work(scope, action.table(), tools -> new FillRows(tools, scope, action).run());
  }

  @Override
  public StepOutcome verify(StepScope scope, Action.Verify action) {
    return work(
        scope,
        action.table(),
        tools -> new CompareRows(new Verification(tools, scope, action, Extent.DEFAULT)).run());
  }

  @Override
  public StepOutcome verifyAgain(StepScope scope, Action.Verify action, Instant begun) {
    return work(
        scope,
        action.table(),
        tools ->
            new CompareAgain(new Verification(tools, scope, action, Extent.DEFAULT))
                .run(begun.toString()));
  }

  private StepOutcome work(StepScope scope, TableName table, Rows rows) {
    TryReporter reporter = new TryReporter(reporters.get(), scope.step());
    try {
      return PostgresFaults.translated(
          scope.step(),
          () ->
              rows.work(
                  new Shift.Tools(
                      databases.open(scope.database()),
                      reporter,
                      signals.apply(scope.limits(), table))));
    } catch (ApplicationFailure e) {
      reporter.failed(e);
      throw e;
    }
  }

  /** Work on every row. */
  private interface Rows {
    StepOutcome work(Shift.Tools tools) throws SQLException;
  }
}
