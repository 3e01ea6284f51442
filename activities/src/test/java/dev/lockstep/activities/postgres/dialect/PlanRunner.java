package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Runs the SQL of a plan, as simply as can be: no ledger, no batches, nobody else is there. */
final class PlanRunner implements Action.Visitor<Boolean> {
  private final Handle handle;
  private final PostgresDialect dialect = new PostgresDialect();

  PlanRunner(Handle handle) {
    this.handle = handle;
  }

  /** Runs every step. */
  void run(Plan plan) {
    plan.steps().forEach(this::run);
  }

  /** Runs the steps up to the point of no return and takes them back. */
  void runAndUndo(Plan plan) {
    List<PlannedStep> done = new ArrayList<>();
    for (PlannedStep step : plan.steps()) {
      if (step.pointOfNoReturn()) {
        break;
      }
      run(step);
      done.add(0, step);
    }
    for (PlannedStep step : done) {
      step.undo().action().ifPresent(action -> run("undo of " + step.id(), action));
    }
  }

  private void run(PlannedStep step) {
    run(step.id(), step.action());
  }

  private void run(String what, Action action) {
    try {
      action.accept(this);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Boolean statements(Action.Statements action) {
    handle.useTransaction(
        transaction -> {
          action
              .locks()
              .forEach(
                  lock ->
                      execute(
                          "LOCK TABLE %s IN %s MODE"
                              .formatted(dialect.quote(lock.table()), lock.mode().sql())));
          action.sql().forEach(this::execute);
        });
    return true;
  }

  @Override
  public Boolean validate(Action.Validate action) {
    return execute(action.sql());
  }

  @Override
  public Boolean buildIndex(Action.BuildIndex action) {
    // What the hands do partition by partition, the server does at once.
    return execute(action.sql().replaceFirst(" ON ONLY ", " ON "));
  }

  @Override
  public Boolean removeIndex(Action.RemoveIndex action) {
    return execute(action.sql());
  }

  @Override
  public Boolean backfill(Action.Backfill action) {
    String set = assignments(action.set());
    return handle.inTransaction(
        transaction -> {
          execute("SET LOCAL lockstep.backfill = 'on'");
          execute(
              "UPDATE %s SET %s WHERE %s"
                  .formatted(dialect.quote(action.table()), set, action.where()));
          return true;
        });
  }

  @Override
  public Boolean verify(Action.Verify action) {
    String table = dialect.quote(action.table());
    if (!action.repair().isEmpty()) {
      execute(
          "UPDATE %s SET %s WHERE %s"
              .formatted(table, assignments(action.repair()), action.mismatch()));
    }
    assertThat(count(table, action.mismatch())).as(action.meaning()).isZero();
    return true;
  }

  @Override
  public Boolean ask(Action.Ask action) {
    assertThat(handle.select(action.query()).mapTo(String.class).one()).isEqualTo(action.expect());
    return true;
  }

  @Override
  public Boolean claim(Action.Claim action) {
    return true;
  }

  @Override
  public Boolean awaitOldClients(Action.AwaitOldClients action) {
    return true;
  }

  @Override
  public Boolean approve(Action.Approve action) {
    return true;
  }

  @Override
  public Boolean beforeTrial(Action.BeforeTrial action) {
    return true;
  }

  @Override
  public Boolean trial(Action.Trial action) {
    return true;
  }

  @Override
  public Boolean pause(Action.Pause action) {
    return true;
  }

  @Override
  public Boolean rollOut(Action.RollOut action) {
    return true;
  }

  @Override
  public Boolean rollBack(Action.RollBack action) {
    return true;
  }

  @Override
  public Boolean ofBackup(Action.OfBackup action) {
    throw new IllegalArgumentException("no step of a migration: " + action);
  }

  private String assignments(List<Action.Assignment> set) {
    return set.stream()
        .map(a -> dialect.quote(a.column()) + " = (" + a.expression() + ")")
        .collect(Collectors.joining(", "));
  }

  private long count(String table, String condition) {
    String query = "SELECT count(*) FROM " + table + " WHERE (" + condition + ")";
    try (var statement = handle.getConnection().createStatement();
        var result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + query, e);
    }
  }

  private boolean execute(String sql) {
    ScratchServer.execute(handle, sql);
    return true;
  }
}
