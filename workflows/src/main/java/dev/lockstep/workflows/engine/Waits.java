package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The waits that need no activity of their own: for a person, for a time, for the end of a pause.
 */
final class Waits {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final VerifyAgain again;

  Waits(RunBook book, Orders orders, Signboard signboard, VerifyAgain again) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.again = again;
  }

  /**
   * Waits while the run is paused.
   *
   * @return whether it shall go on; else it ends
   */
  boolean leave() {
    if (orders.pause().isPresent() && !orders.stops()) {
      enter(RunState.PAUSED);
      Workflow.await(() -> orders.pause().isEmpty() || orders.stops());
      enter(RunState.RUNNING);
    }
    return !orders.stops();
  }

  /** Waits for somebody to approve; all rows are verified again meanwhile. */
  Attempt approval(PlannedStep step, String gate) {
    if (book.gates.isApproved(gate) || passedBefore(step)) {
      return Attempt.done(StepOutcome.done());
    }
    return approval(step, gate, "nobody has approved gate " + gate);
  }

  /** Waits for somebody to approve what was approved before, or never needed it. */
  Attempt approval(PlannedStep step, String gate, String reason) {
    arrive(gate, reason);
    VerifyAgain.AtGate wait = again.at(step);
    wait.until(() -> book.gates.isApproved(gate) || orders.stops());
    leaveGate();
    if (wait.fault().isPresent()) {
      return Attempt.failed(wait.fault().get());
    }
    return orders.stops() || !book.gates.isApproved(gate)
        ? Attempt.interrupted()
        : Attempt.done(StepOutcome.done());
  }

  /** Shows that the run is at a gate. */
  void arrive(String gate, String reason) {
    book.gates.arrive(gate, reason);
    enter(RunState.WAITING);
  }

  /** Shows that it is not any more. */
  void leaveGate() {
    book.gates.leave();
    enter(RunState.RUNNING);
  }

  /** Waits for a time; a pause does not stop the clock. */
  Attempt time(PlannedStep step, Duration duration) {
    if (duration.isZero() || passedBefore(step)) {
      return Attempt.done(StepOutcome.done());
    }
    CompletablePromise<Void> over = Workflow.newPromise();
    TimerOptions summary =
        TimerOptions.newBuilder().setSummary(Titles.cut(step.sentence())).build();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> over.completeFrom(Workflow.newTimer(duration, summary)));
    book.timer(Workflow.currentTimeMillis() + duration.toMillis());
    enter(RunState.WAITING);
    scope.run();
    Workflow.await(() -> over.isCompleted() || orders.stops());
    book.timerOver();
    enter(RunState.RUNNING);
    if (over.isCompleted()) {
      return Attempt.done(StepOutcome.done());
    }
    scope.cancel("asked to stop");
    // The timer ends with a failure that is no news; taken up here, the SDK does not log it.
    over.handle((nothing, cancelled) -> true);
    return Attempt.interrupted();
  }

  /** Waits for the answer to a fault. */
  void answer(boolean canSkip) {
    book.hold(canSkip);
    enter(RunState.HELD);
    Workflow.await(() -> orders.answer().isPresent() || orders.stops());
    enter(RunState.RUNNING);
  }

  /** A step that began in an earlier process had all gates and waits before it behind it. */
  private boolean passedBefore(PlannedStep step) {
    return book.beganAfter(step);
  }

  private void enter(RunState state) {
    book.state(state);
    signboard.show();
  }
}
