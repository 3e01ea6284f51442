package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.worker.engine.History;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers of one service; one is told to stop, as a rolling update of the worker does. */
final class TwoWorkersRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  @Test
  void theOtherWorkerGoesOnAtOnce() throws Exception {
    Change change = new Change(folder, SERVICE, 2_000, UnaryOperator.identity());
    try (TwoWorkers workers = new TwoWorkers(new Terminal(folder, SERVICE), SERVICE)) {
      WorkflowStub run = change.start();
      change.shop.awaitMiddleOfBackfill();
      Child drained = workers.at(run);
      drained.terminate();
      Duration handover = Comeback.of(change.shop).firstBatch();
      assertThat(drained.exit()).as(drained.output()).isZero();
      RunOutcome outcome =
          run.getResult(Change.PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      change.succeeded(outcome);
      change.note(
          "worker told to stop (SIGTERM), in the middle of the backfill", outcome, handover);
      assertThat(outcome.figures()).containsEntry("batchesRepeated", 0L);
      assertThat(History.of(SERVICE.client(), RunStarter.execution(run)).events())
          .as("no attempt ended by a heartbeat that was waited for")
          .noneMatch(
              event ->
                  event
                      .getActivityTaskStartedEventAttributes()
                      .getLastFailure()
                      .hasTimeoutFailureInfo());
    }
  }
}
