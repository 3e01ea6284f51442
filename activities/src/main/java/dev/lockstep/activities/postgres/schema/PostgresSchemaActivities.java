package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.schema.ConcurrentIndex.IndexName;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.SchemaActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Changes of PostgreSQL's schema. */
public final class PostgresSchemaActivities implements SchemaActivities {
  private final Databases databases;
  private final Supplier<Reporter> reporters;

  /** Reports to the run that calls. */
  public PostgresSchemaActivities(Databases databases) {
    this(databases, TemporalReporter::current);
  }

  /** Reports elsewhere. */
  public PostgresSchemaActivities(Databases databases, Supplier<Reporter> reporters) {
    this.databases = databases;
    this.reporters = reporters;
  }

  @Override
  public StepOutcome applyStatements(StepScope scope, Action.Statements action) {
    return statements(scope, LedgerNote.ofAct(scope), action);
  }

  @Override
  public StepOutcome undoStatements(StepScope scope, Action.Statements action) {
    return statements(scope, LedgerNote.ofUndo(scope), action);
  }

  @Override
  public StepOutcome validateConstraint(StepScope scope, Action.Validate action) {
    return within(
        scope,
        (jdbi, reporter) ->
            jdbi.withHandle(handle -> new ValidateConstraint(scope, reporter).run(handle, action)));
  }

  @Override
  public StepOutcome buildIndex(StepScope scope, Action.BuildIndex action) {
    return index(
        scope,
        new IndexName(action.table(), action.index()),
        (handle, index) -> new BuildIndex(scope, index).run(handle, action.sql()));
  }

  @Override
  public StepOutcome removeIndex(StepScope scope, Action.RemoveIndex action) {
    return index(
        scope,
        new IndexName(action.table(), action.index()),
        (handle, index) -> new RemoveIndex(scope, index).run(handle));
  }

  @Override
  public StepOutcome undoRemoveIndex(StepScope scope, Action.BuildIndex action) {
    return index(
        scope,
        new IndexName(action.table(), action.index()),
        (handle, index) ->
            new UndoIndex(scope).run(handle, session -> index.build(session, action.sql())));
  }

  @Override
  public StepOutcome undoBuildIndex(StepScope scope, Action.RemoveIndex action) {
    return index(
        scope,
        new IndexName(action.table(), action.index()),
        (handle, index) -> new UndoIndex(scope).run(handle, index::takeBack));
  }

  private StepOutcome statements(StepScope scope, LedgerNote note, Action.Statements action) {
    return within(
        scope,
        (jdbi, reporter) ->
            jdbi.withHandle(
                handle -> new ApplyStatements(scope, note).run(handle, action, reporter)));
  }

  private StepOutcome index(
      StepScope scope, IndexName name, BiFunction<Handle, TableIndex, StepOutcome> work) {
    return within(
        scope,
        (jdbi, reporter) ->
            jdbi.withHandle(
                handle ->
                    work.apply(
                        handle,
                        PartitionTree.find(handle, name.table()).isPresent()
                            ? new PartitionedIndex(jdbi, scope, reporter, name)
                            : new ConcurrentIndex(jdbi, scope, reporter, name))));
  }

  private StepOutcome within(StepScope scope, BiFunction<Jdbi, Reporter, StepOutcome> work) {
    return PostgresFaults.translated(
        scope.step(), () -> work.apply(databases.open(scope.database()), reporters.get()));
  }
}
