package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another session holds a lock for long while a run wants its own: nobody queues behind it. */
final class LockHeldIT {
  private static final Duration HELD = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String WAITING =
      """
      SELECT l.mode || ' of ' || a.application_name || ' behind '
          || array_to_string(pg_blocking_pids(l.pid), ',')
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND l.locktype = 'relation' AND a.datname = current_database()
      """;

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");

  @ParameterizedTest
  @ValueSource(strings = {"ACCESS SHARE", "ROW EXCLUSIVE"})
  void nobodyQueuesWhileTheHolderIsThere(String mode) throws Exception {
    server.execute(database, Examples.schemaSql());
    String text =
        new Requests(folder)
            .text(Examples.named("02-add-filled-column.yaml").text(), server.url(database), "web");
    try (Stage stage = new Stage(folder);
        Connection holder = hold(mode);
        Traffic reader = Traffic.start(server, database, "reader", LockHeldIT::read);
        Traffic writer = Traffic.start(server, database, "writer", LockHeldIT::write)) {
      String pid = Server.texts(holder, "SELECT pg_backend_pid()").get(0);
      WorkflowStub run = stage.start(database + "/locked", Requests.of(text));
      List<String> queued = new ArrayList<>();
      awaitTheHoldersName(run, pid);
      long readsBefore = reader.requests();
      long writesBefore = writer.requests();
      watch(queued);
      assertThat(queued).isEmpty();
      assertThat(reader.requests()).isGreaterThan(readsBefore);
      assertThat(writer.requests()).isGreaterThan(writesBefore);
      assertThat(run.query("status", RunStatus.class).state()).isEqualTo(RunState.RUNNING);

      holder.rollback();
      RunOutcome outcome = run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
      assertThat(reader.failures()).isEmpty();
      assertThat(writer.failures()).isEmpty();
    }
  }

  private Connection hold(String mode) throws SQLException {
    Connection holder = server.connect(database, "nightly-report");
    holder.setAutoCommit(false);
    Server.execute(holder, "LOCK TABLE customers IN " + mode + " MODE");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                server.number(
                        database,
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                            + " 'nightly-report' AND datname = current_database()"
                            + " AND clock_timestamp() - xact_start > interval '1s'")
                    == 1);
    return holder;
  }

  private static void awaitTheHoldersName(WorkflowStub run, String pid) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(run.query("status", RunStatus.class).waitingFor())
                    .anySatisfy(
                        reason -> assertThat(reason).contains(pid).contains("nightly-report")));
  }

  /** Looks at the lock queue for as long as the lock is held. */
  private void watch(List<String> queued) {
    long end = System.nanoTime() + HELD.toNanos();
    try (Connection probe = server.connect(database, "probe")) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(
              () -> {
                queued.addAll(Server.texts(probe, WAITING));
                return System.nanoTime() > end;
              });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(long request) {
    return "SELECT first_name FROM customers WHERE id = " + (1 + request % 200);
  }

  private static String write(long request) {
    return "UPDATE customers SET phone = '+44 " + request + "' WHERE id = " + (1 + request % 200);
  }
}
