package dev.lockstep.activities.postgres;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Waits until no session of an old application version is connected to the database. A role without
 * {@code pg_monitor} sees name, user and pid of other roles' sessions, but neither what kind they
 * are nor when they began: those count as clients, and as old. Times are those of the database:
 * that of the session, and that at which the ledger noted the end of a step.
 */
final class OldClients {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
  private static final int NAMED = 5;

  private static final String FIND =
      """
      SELECT 'pid ' || pid || ' (' || concat_ws(', ', nullif(application_name, ''), usename)
        || coalesce(', from ' || host(client_addr), '')
        || coalesce(', connected for '
             || date_trunc('second', clock_timestamp() - backend_start)::text,
             CASE WHEN :noted <> '' THEN ', since when this role may not see' ELSE '' END) || ')'
      FROM pg_stat_activity
      WHERE datname = current_database()
        AND coalesce(backend_type, 'client backend') = 'client backend'
        AND application_name LIKE :name AND application_name <> :own
        AND usename LIKE :user
        AND (:noted = '' OR coalesce(backend_start < (
          SELECT ended_at FROM lockstep.steps
          WHERE run_id = :run AND step_id = :noted AND state = 'DONE'), true))
        AND pid <> pg_backend_pid()
      ORDER BY backend_start, pid
      """;

  private final Jdbi jdbi;
  private final StepScope scope;
  private final Action.AwaitOldClients wanted;
  private final Reporter reporter;

  OldClients(Jdbi jdbi, StepScope scope, Action.AwaitOldClients wanted, Reporter reporter) {
    this.jdbi = jdbi;
    this.scope = scope;
    this.wanted = wanted;
    this.reporter = reporter;
  }

  /** Returns when they are gone. There is no other end but the wish to stop. */
  void await() {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lockstep-old-clients");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> looks =
        timer.scheduleWithFixedDelay(
            () -> look(gone), 0, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    try {
      gone.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("old clients cannot be looked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for old clients was interrupted", e);
    } finally {
      looks.cancel(true);
      timer.shutdownNow();
    }
  }

  private void look(CompletableFuture<Boolean> gone) {
    try {
      List<String> clients = find();
      if (clients.isEmpty()) {
        gone.complete(true);
      } else {
        reporter.progress(
            new Progress(scope.step(), 0, 0, 0, Optional.empty(), List.of(reason(clients))));
      }
    } catch (RuntimeException e) {
      gone.completeExceptionally(e);
    }
  }

  private List<String> find() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("name", wanted.applicationName().orElse("%"))
                .bind("user", wanted.user().orElse("%"))
                .bind("noted", wanted.connectedBefore().orElse(""))
                .bind("run", scope.run().id())
                .bind("own", Databases.APPLICATION_NAME)
                .mapTo(String.class)
                .list());
  }

  private String reason(List<String> clients) {
    String named = String.join(", ", clients.subList(0, Math.min(NAMED, clients.size())));
    int more = Math.max(0, clients.size() - NAMED);
    return clients.size()
        + (clients.size() == 1 ? " old client" : " old clients")
        + wanted.applicationName().map(name -> " like '" + name + "'").orElse("")
        + wanted.user().map(user -> " of users like '" + user + "'").orElse("")
        + wanted.connectedBefore().map(noted -> " from before " + noted).orElse("")
        + " still connected: "
        + named
        + (more > 0 ? " and " + more + " more" : "");
  }
}
