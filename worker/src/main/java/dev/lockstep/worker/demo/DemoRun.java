package dev.lockstep.worker.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The run of the demo, as somebody outside sees it.
 *
 * <ol>
 *   <li>Starts a worker process and the run, and looks at it twenty times a second.
 *   <li>Tells the traffic which phase the run is in.
 *   <li>Once two fifths of the rows are filled, kills the worker with SIGKILL and starts another.
 *   <li>Notes when the first batch after the kill is committed.
 * </ol>
 */
final class DemoRun {
  /** The definition's name. */
  static final String NAME = "demo-customer-full-name";

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(30);

  /** A worker of somebody else on a database that was given has sessions that stay. */
  private static final Duration SESSIONS_END_WITHIN = Duration.ofSeconds(5);

  private static final double KILL_AT = 0.4;

  private final DemoDatabase database;
  private final WorkerFiles files;
  private final DemoLog messages;
  private final DemoWatch watch;

  DemoRun(DemoDatabase database, Traffic traffic, DemoLog messages, WorkerFiles files) {
    this.database = database;
    this.files = files;
    this.messages = messages;
    this.watch = new DemoWatch(traffic);
  }

  /** Runs it to its end. */
  DemoWatch run(ObjectNode request)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(service.address());
        LedgerView ledger = new LedgerView(database)) {
      WorkerProcess worker = startWorker(service);
      try {
        WorkflowStub run = new RunStarter(connection).start(NAME, request);
        CompletableFuture<RunOutcome> result = run.getResultAsync(RunOutcome.class);
        Instant deadline = Instant.now().plus(GIVE_UP_AFTER);
        while (!ended(result)) {
          LedgerView.Backfill backfill = ledger.backfill();
          watch.look(backfill);
          if (watch.kills() == 0 && backfill.rows() > database.rows() * KILL_AT) {
            worker = replace(worker, service, ledger);
          }
          if (!watch.resuming()) {
            // A question to a dead worker would wait for its successor, and the look with it.
            showPhase(run);
          }
          worker.sampleMemory();
          if (!worker.isAlive() || Instant.now().isAfter(deadline)) {
            throw new IOException(
                "the worker ended or the run does not; its log is " + files.log());
          }
        }
      } finally {
        worker.close();
        files.watchdog().forget(worker.pid());
        watch.memory(worker.peakResidentBytes());
      }
    }
    return watch;
  }

  private boolean ended(CompletableFuture<RunOutcome> result)
      throws IOException, InterruptedException {
    try {
      watch.ended(result.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("the run failed: " + RunFailures.read(e).message(), e);
    }
  }

  /** Kills the worker, waits until its sessions are gone, starts the next one. */
  private WorkerProcess replace(WorkerProcess worker, EmbeddedTemporal service, LedgerView ledger)
      throws IOException, SQLException, InterruptedException {
    messages.say("killing the worker with SIGKILL in the middle of the backfill");
    worker.kill();
    files.watchdog().forget(worker.pid());
    Instant killed = Instant.now();
    watch.memory(worker.peakResidentBytes());
    Instant deadline = killed.plus(SESSIONS_END_WITHIN);
    while (ledger.workerConnected() && Instant.now().isBefore(deadline)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    watch.killed(killed, ledger.backfill());
    return startWorker(service);
  }

  private WorkerProcess startWorker(EmbeddedTemporal service) throws IOException {
    Map<String, String> environment =
        Map.of(
            "LOCKSTEP_DEMO_USER", database.user(),
            "LOCKSTEP_DEMO_PASSWORD", database.password(),
            "KUBECONFIG", files.kubeconfig().toString());
    WorkerProcess worker = WorkerProcess.start(service.address(), environment, files.log());
    files.watchdog().guard(worker.pid());
    return worker;
  }

  private void showPhase(WorkflowStub run) {
    try {
      RunStatus status = run.query("status", RunStatus.class);
      String phase = status.phase().name().toLowerCase(Locale.ROOT);
      if (watch.enter(phase)) {
        messages.say("phase " + phase);
      }
    } catch (WorkflowException e) {
      // Nobody answers while the worker is dead; the phase stays what it was.
    }
  }
}
