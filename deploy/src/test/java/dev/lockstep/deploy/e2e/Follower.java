package dev.lockstep.deploy.e2e;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a run as a person would: passes its gates, and aborts it where that was planned. */
final class Follower {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_EVERY_MILLIS = 150;

  private final Stage stage;
  private final WorkflowStub run;
  private final String id;

  Follower(Stage stage, WorkflowStub run, String id) {
    this.stage = stage;
    this.run = run;
    this.id = id;
  }

  RunOutcome outcome() {
    CompletableFuture<RunOutcome> result = run.getResultAsync(RunOutcome.class);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      try {
        return result.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        look(run.query("status", RunStatus.class));
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException(id, e);
      }
    }
    throw new IllegalStateException(id + " does not end: " + run.query("status", RunStatus.class));
  }

  private void look(RunStatus status) {
    if (status.state() == RunState.HELD) {
      throw new IllegalStateException(id + " is held: " + status.faults());
    }
    if (status.state() != RunState.WAITING) {
      return;
    }
    if (stage.aborts.isAt(id, status.step())) {
      stage.aborts.abortNow(id);
      return;
    }
    // A trial ends by itself; an abort in its last moment would make this approval an error.
    status.decisions().stream()
        .filter(it -> it.startsWith("approve ") && !it.equals("approve trial"))
        .forEach(it -> approve(it.substring("approve ".length())));
  }

  private void approve(String gate) {
    run.update(
        "approve",
        Control.Taken.class,
        new Control.Approve(gate, Optional.of("test"), Optional.empty()));
  }
}
