package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Temporal server dies and comes back; the worker lives. */
final class TemporalKilledRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  @Test
  void serverIsKilledDuringTheBackfillAndAtTheGate() throws Exception {
    Terminal terminal = new Terminal(folder, SERVICE);
    Change change = new Change(folder, SERVICE, 1_500, Change::withApproval);
    try (Child worker = terminal.worker(Map.of())) {
      WorkflowStub run = change.start();
      change.shop.awaitMiddleOfBackfill();
      SERVICE.testbed().kill("temporal-server");
      Comeback comeback = Comeback.of(change.shop);
      Duration backfill = comeback.firstBatch();
      SERVICE.testbed().up("temporal");
      change.await(RunState.WAITING);
      assertThat(change.shop.changedTokens()).isZero();

      SERVICE.testbed().kill("temporal-server");
      long killed = System.nanoTime();
      SERVICE.testbed().up("temporal");
      approve(change);
      Duration gate = Duration.ofNanos(System.nanoTime() - killed);
      RunOutcome outcome =
          run.getResult(Change.PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      assertThat(worker.isAlive()).isTrue();
      change.succeeded(outcome);
      change.note("Temporal server, in the middle of the backfill", outcome, backfill);
      change.note("Temporal server, while the run waits at a gate", outcome, gate);
    }
  }

  /** As soon as the server takes it. */
  private static void approve(Change change) {
    Awaitility.await()
        .atMost(Change.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(WorkflowException.class)
        .until(
            () ->
                change
                    .run()
                    .update(
                        "approve",
                        Control.Taken.class,
                        new Control.Approve("contract", Optional.of("test"), Optional.empty()))
                    .message()
                    .equals("approved"));
  }
}
