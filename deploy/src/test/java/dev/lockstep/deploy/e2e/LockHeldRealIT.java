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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another session holds a lock for half a minute while a run wants its own: nobody queues behind
 * it. Two runs at the same time, each in its own database: in one of them a reader holds its lock,
 * in the other one a writer.
 */
final class LockHeldRealIT {
  private static final Duration HELD = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String WAITING =
      """
      SELECT l.mode || ' of ' || a.application_name || ' behind '
          || array_to_string(pg_blocking_pids(l.pid), ',')
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND l.locktype = 'relation' AND a.datname = current_database()
      """;

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();

  @Test
  void nobodyQueuesWhileTheHolderIsThere() throws Exception {
    try (Stage stage = new Stage(folder);
        Scene reading = new Scene("ACCESS SHARE");
        Scene writing = new Scene("ROW EXCLUSIVE")) {
      List<Scene> scenes = List.of(reading, writing);
      for (Scene scene : scenes) {
        scene.quiet();
      }
      for (Scene scene : scenes) {
        scene.hold();
      }
      for (Scene scene : scenes) {
        scene.start(stage);
      }
      scenes.forEach(Scene::awaitTheHoldersName);
      watch(scenes);
      scenes.forEach(Scene::nobodyWaited);
      for (Scene scene : scenes) {
        scene.release();
      }
      for (Scene scene : scenes) {
        scene.endsWell();
      }
    }
  }

  /** Looks at the lock queues for as long as the locks are held. */
  private static void watch(List<Scene> scenes) {
    scenes.forEach(Scene::takeLatencies);
    for (int second = 1; second <= HELD.toSeconds(); second++) {
      long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
      Awaitility.await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(PATIENCE)
          .until(
              () -> {
                for (Scene scene : scenes) {
                  scene.lookAtTheQueue();
                }
                return System.nanoTime() > end;
              });
      scenes.forEach(Scene::secondPassed);
    }
    scenes.forEach(scene -> scene.print("while held", scene.takeLatencies()));
  }

  /** One database with its run, its clients and the holder of the lock. */
  private final class Scene implements AutoCloseable {
    private final String mode;
    private final String database = server.newDatabase("template1");
    private final Connection probe;
    private final Connection holder;
    private final List<String> queued = new ArrayList<>();
    private final List<Long> reads = new ArrayList<>();
    private final List<Long> writes = new ArrayList<>();
    private final List<Traffic> traffic;
    private List<WorkflowStub> run = List.of();

    Scene(String mode) throws SQLException {
      this.mode = mode;
      server.execute(database, Examples.schemaSql());
      this.probe = server.connect(database, "probe");
      this.holder = server.connect(database, "nightly-report");
      this.traffic =
          List.of(
              Traffic.start(server, database, "reader", LockHeldRealIT::read),
              Traffic.start(server, database, "writer", LockHeldRealIT::write));
    }

    /** The clients alone, to compare with. */
    void quiet() {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> traffic.stream().allMatch(it -> it.requests() > 200));
      print("before", takeLatencies());
    }

    /** Until the transaction is older than any wait that a run allows itself. */
    void hold() throws SQLException {
      holder.setAutoCommit(false);
      Server.execute(holder, "LOCK TABLE customers IN " + mode + " MODE");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Server.texts(
                          probe,
                          "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                              + " 'nightly-report' AND datname = current_database()"
                              + " AND clock_timestamp() - xact_start > interval '1s'")
                      .equals(List.of("1")));
    }

    void start(Stage stage) throws Exception {
      String text =
          new Requests(folder)
              .text(
                  Examples.named("02-add-filled-column.yaml").text(), server.url(database), "web");
      run = List.of(stage.start(database + "/locked", Requests.of(text)));
    }

    private RunStatus status() {
      return run.get(0).query("status", RunStatus.class);
    }

    void awaitTheHoldersName() {
      Awaitility.await().atMost(PATIENCE).untilAsserted(this::theHolderIsNamed);
    }

    private void theHolderIsNamed() throws SQLException {
      String pid = Server.texts(holder, "SELECT pg_backend_pid()").get(0);
      assertThat(status().waitingFor())
          .anySatisfy(reason -> assertThat(reason).contains(pid).contains("nightly-report"));
    }

    void lookAtTheQueue() throws SQLException {
      queued.addAll(Server.texts(probe, WAITING));
    }

    void secondPassed() {
      reads.add(traffic.get(0).requests());
      writes.add(traffic.get(1).requests());
    }

    String takeLatencies() {
      return "reader "
          + traffic.get(0).takeLatencies()
          + "; writer "
          + traffic.get(1).takeLatencies();
    }

    void print(String when, String latencies) {
      System.out.printf("LockHeldRealIT, %s held, %s: %s%n", mode, when, latencies);
    }

    void nobodyWaited() {
      assertThat(queued).isEmpty();
      assertThat(reads).as("reads by the end of each second").doesNotHaveDuplicates().isSorted();
      assertThat(writes).as("writes by the end of each second").doesNotHaveDuplicates().isSorted();
      assertThat(status().state()).isEqualTo(RunState.RUNNING);
    }

    void release() throws SQLException {
      theHolderIsNamed();
      holder.rollback();
    }

    void endsWell() throws Exception {
      RunOutcome outcome =
          run.get(0).getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
      for (Traffic client : traffic) {
        assertThat(client.failures()).isEmpty();
      }
    }

    @Override
    public void close() throws Exception {
      for (Traffic client : traffic) {
        client.close();
      }
      holder.close();
      probe.close();
    }
  }

  private static String read(long request) {
    return "SELECT first_name FROM customers WHERE id = " + (1 + request % 200);
  }

  private static String write(long request) {
    return "UPDATE customers SET phone = '+44 " + request + "' WHERE id = " + (1 + request % 200);
  }
}
