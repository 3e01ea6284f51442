package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * One round of work on steps that may be done at the same time.
 *
 * <ol>
 *   <li>As many lanes as the limits of now allow take the steps, in the plan's order; each does one
 *       after the other.
 *   <li>An order of a person stops what is at work at its next batch, and so does, a moment later,
 *       a fault of one. They and a long history keep every lane from another step.
 *   <li>The round is over when nothing is at work any more: whoever undoes, holds or pauses then
 *       meets no activity, and what is done again gets one and the same limits.
 * </ol>
 */
final class Round {
  private final Acts.Means means;
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final BooleanSupplier historyIsLong;
  private final List<Failed> failed = new ArrayList<>();
  private boolean over;
  private boolean halts;

  /** What one step ended with. */
  record Failed(PlannedStep step, Fault fault) {}

  /**
   * A round that has not begun.
   *
   * @param historyIsLong whether what is left belongs into a new history
   */
  Round(Acts.Means means, Orders orders, Signboard signboard, BooleanSupplier historyIsLong) {
    this.means = means.with(means.calls().together(() -> halts));
    this.book = means.book();
    this.orders = orders;
    this.signboard = signboard;
    this.historyIsLong = historyIsLong;
  }

  /**
   * Works on steps until all are done or something ends the round.
   *
   * @param done told of each step that is
   * @return every fault, in the order in which they came
   */
  List<Failed> work(List<PlannedStep> steps, BiConsumer<PlannedStep, StepOutcome> done) {
    orders.limitsTaken();
    book.rest();
    stopped(steps);
    signboard.show();
    Iterator<PlannedStep> left = steps.iterator();
    int most = Math.min(steps.size(), book.limits().orElse(book.plan().limits()).tablesOrOne());
    List<Promise<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < most; lane++) {
      lanes.add(Async.procedure(() -> lane(left, done)));
    }
    BooleanSupplier ended = () -> lanes.stream().allMatch(Promise::isCompleted);
    Workflow.await(() -> over || ended.getAsBoolean());
    if (!ended.getAsBoolean() && !orders.interrupts()) {
      Workflow.await(ActivityPolicies.MOMENT, () -> ended.getAsBoolean() || orders.interrupts());
    }
    halts = true;
    Workflow.await(ended::getAsBoolean);
    // A defect in a lane is one of the run.
    lanes.forEach(Promise::get);
    if (!failed.isEmpty()) {
      stopped(steps);
    }
    return List.copyOf(failed);
  }

  /** In a pause what was stopped is still shown as what is being done; else it is not. */
  private void stopped(List<PlannedStep> steps) {
    steps.forEach(step -> book.steps.stopped(step.id()));
  }

  private void lane(Iterator<PlannedStep> left, BiConsumer<PlannedStep, StepOutcome> done) {
    while (left.hasNext() && !isOver()) {
      PlannedStep step = left.next();
      book.beginBeside(step);
      book.steps.started(step.id());
      signboard.post();
      Attempt attempt = step.action().accept(new Acts(means, step));
      // Also where a pause is over already: what was stopped is gone on with first.
      over = over || attempt.outcome().isEmpty();
      attempt.outcome().ifPresent(outcome -> end(step, outcome, done));
      attempt.fault().ifPresent(fault -> fail(step, fault));
      signboard.post();
    }
  }

  private boolean isOver() {
    return over || orders.interrupts() || historyIsLong.getAsBoolean();
  }

  private void end(
      PlannedStep step, StepOutcome outcome, BiConsumer<PlannedStep, StepOutcome> done) {
    done.accept(step, outcome);
    book.leave(step.id());
  }

  private void fail(PlannedStep step, Fault fault) {
    failed.add(new Failed(step, fault));
    book.steps.ended(step.id(), StepState.FAILED);
    book.leave(step.id());
  }
}
