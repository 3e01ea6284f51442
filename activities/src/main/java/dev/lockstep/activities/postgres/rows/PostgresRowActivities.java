package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.List;
import java.util.function.Supplier;

/** Work on every row of a PostgreSQL table. A call uses {@code parallelism} connections and one. */
public final class PostgresRowActivities implements RowActivities {
  private final Databases databases;
  private final Supplier<Reporter> reporters;
  private final List<HealthSignal> signals;

  /** For a worker. */
  public PostgresRowActivities(Databases databases) {
    this(databases, TemporalReporter::current, List.of(new ReplicaLag()));
  }

  /**
   * With other ways to report and other signals.
   *
   * @param reporters asked once a call, in the thread of the call
   */
  public PostgresRowActivities(
      Databases databases, Supplier<Reporter> reporters, List<HealthSignal> signals) {
    this.databases = databases;
    this.reporters = reporters;
    this.signals = List.copyOf(signals);
  }

  @Override
  public StepOutcome backfill(StepScope scope, Action.Backfill action) {
    return PostgresFaults.translated(
        scope.step(), () -> new FillRows(tools(scope), scope, action).run());
  }

  @Override
  public StepOutcome verify(StepScope scope, Action.Verify action) {
    return PostgresFaults.translated(
        scope.step(), () -> new CompareRows(tools(scope), scope, action, CompareRows.SHAPE).run());
  }

  private Shift.Tools tools(StepScope scope) {
    return new Shift.Tools(databases.open(scope.database()), reporters.get(), signals);
  }
}
