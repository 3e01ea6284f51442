package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Shows a run while it goes on, and says how it ended.
 *
 * <ol>
 *   <li>Waits for the result, a moment at a time.
 *   <li>In between asks for the status and shows it where it changed.
 *   <li>Stops early at the time limit, and at a held run where nobody is there to answer.
 * </ol>
 */
final class RunFollower {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * A pause is what has gone by over this: no shorter than progress takes to change. Each look
   * costs the service and the worker a task with all of the history, which a run on the same
   * processors feels.
   */
  private static final int PARTS = 4;

  private final WorkflowStub run;
  private final ProgressLines lines;
  private final Optional<Duration> timeLimit;
  private final boolean waitWhileHeld;

  RunFollower(
      WorkflowStub run, ProgressLines lines, Optional<Duration> timeLimit, boolean waitWhileHeld) {
    this.run = run;
    this.lines = lines;
    this.timeLimit = timeLimit;
    this.waitWhileHeld = waitWhileHeld;
  }

  /** Returns when the run ended or is not to be followed any longer. */
  Followed follow() {
    Instant started = Instant.now();
    CompletableFuture<RunOutcome> result = run.getResultAsync(RunOutcome.class);
    while (true) {
      Optional<Followed> ended =
          await(result, pauseMillis(Duration.between(started, Instant.now())));
      if (ended.isPresent()) {
        lines.end();
        return ended.get();
      }
      Optional<RunStatus> status = askStatus();
      status.ifPresent(lines::show);
      if (status.isPresent() && status.get().state() == RunState.HELD && !waitWhileHeld) {
        lines.end();
        return Followed.held(status.get());
      }
      if (timeLimit.isPresent() && Instant.now().isAfter(started.plus(timeLimit.get()))) {
        lines.end();
        return Followed.unfinished(status);
      }
    }
  }

  /** No longer than the time limit allows. */
  private long pauseMillis(Duration elapsed) {
    long pause =
        Math.min(
            LONGEST_PAUSE.toMillis(),
            Math.max(SHORTEST_PAUSE.toMillis(), elapsed.toMillis() / PARTS));
    long left = timeLimit.map(limit -> limit.minus(elapsed).toMillis()).orElse(pause);
    return Math.max(1, Math.min(pause, left));
  }

  private Optional<Followed> await(CompletableFuture<RunOutcome> result, long pauseMillis) {
    try {
      return Optional.of(Followed.ended(result.get(pauseMillis, TimeUnit.MILLISECONDS)));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(ended(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Followed.unfinished(Optional.empty()));
    }
  }

  private Followed ended(Throwable cause) {
    if (!(cause instanceof WorkflowFailedException)) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the Temporal service no longer answers, the run itself goes on there: "
              + cause.getMessage());
    }
    return cause.getCause() instanceof CanceledFailure
        ? Followed.ended(CancelledOutcome.read(run, askStatus()))
        : Followed.failed(RunFailures.read(cause));
  }

  private Optional<RunStatus> askStatus() {
    try {
      return Optional.of(run.query("status", RunStatus.class));
    } catch (WorkflowException e) {
      // No worker answers at the moment; the run itself is safe, and the next look may succeed.
      lines.note("no worker answers for this run at the moment");
      return Optional.empty();
    }
  }
}
