package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.TableLock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a plan shows of an action.
 *
 * @param statements exact SQL, or the change of a workload
 * @param locks on tables that clients could feel or that other changes wait for
 */
record ActionText(List<String> statements, List<String> locks) {
  private static ActionText of(String... statements) {
    return new ActionText(List.of(statements), List.of());
  }

  private static ActionText online(String sql, TableLock lock) {
    return new ActionText(List.of(sql), List.of(lock.toString()));
  }

  /** One answer for each kind. */
  static final class Maker implements Action.Visitor<ActionText> {
    @Override
    public ActionText claim(Action.Claim action) {
      return of();
    }

    @Override
    public ActionText statements(Action.Statements action) {
      return new ActionText(
          action.sql(), action.locks().stream().map(TableLock::toString).toList());
    }

    @Override
    public ActionText validate(Action.Validate action) {
      return online(action.sql(), new TableLock(action.table(), LockMode.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public ActionText buildIndex(Action.BuildIndex action) {
      return online(action.sql(), new TableLock(action.table(), LockMode.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public ActionText removeIndex(Action.RemoveIndex action) {
      return online(action.sql(), new TableLock(action.table(), LockMode.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public ActionText backfill(Action.Backfill action) {
      String set =
          action.set().stream()
              .map(assignment -> assignment.column() + " = " + assignment.expression())
              .collect(Collectors.joining(", "));
      return of(
          "UPDATE %s SET %s WHERE %s AND (%s)  -- batch by batch"
              .formatted(action.table(), set, range(action.key()), action.where()));
    }

    @Override
    public ActionText verify(Action.Verify action) {
      return of(
          "SELECT count(*) FILTER (WHERE %s) FROM %s WHERE %s  -- range by range"
              .formatted(action.mismatch(), action.table(), range(action.key())));
    }

    private static String range(RowKey key) {
      String columns =
          key.physical()
              ? "ctid"
              : key.columns().stream()
                  .map(RowKey.KeyColumn::name)
                  .collect(Collectors.joining(", ", "(", ")"));
      return columns + " > :low AND " + columns + " <= :high";
    }

    @Override
    public ActionText ask(Action.Ask action) {
      return of(action.query() + "  -- expected: " + action.expect());
    }

    @Override
    public ActionText awaitOldClients(Action.AwaitOldClients action) {
      List<String> conditions = new ArrayList<>();
      action.applicationName().ifPresent(name -> conditions.add(like("application_name", name)));
      action.user().ifPresent(user -> conditions.add(like("usename", user)));
      action.connectedBefore().ifPresent(step -> conditions.add("backend_start < end of " + step));
      return of("SELECT … FROM pg_stat_activity WHERE " + String.join(" AND ", conditions));
    }

    private static String like(String column, String pattern) {
      return "%s LIKE '%s'".formatted(column, pattern.replace("'", "''"));
    }

    @Override
    public ActionText approve(Action.Approve action) {
      return of("lockstep approve RUN --gate " + action.gate());
    }

    @Override
    public ActionText beforeTrial(Action.BeforeTrial action) {
      return of("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    @Override
    public ActionText trial(Action.Trial action) {
      List<String> watched = new ArrayList<>();
      watched.add(
          "xact_rollback of pg_stat_database, at most %d more than usual"
              .formatted(action.maxRollbacks()));
      action
          .signals()
          .forEach(signal -> watched.add("signal %s <= %s".formatted(signal.name(), signal.max())));
      return new ActionText(watched, List.of());
    }

    @Override
    public ActionText pause(Action.Pause action) {
      return of();
    }

    @Override
    public ActionText rollOut(Action.RollOut action) {
      return new ActionText(
          action.images().entrySet().stream()
              .map(image -> action.workload() + " " + image.getKey() + "=" + image.getValue())
              .toList(),
          List.of());
    }

    @Override
    public ActionText ofBackup(Action.OfBackup action) {
      return of();
    }

    @Override
    public ActionText rollBack(Action.RollBack action) {
      return of(action.workload() + " to the images it had before " + action.rollOutStep());
    }
  }
}
