package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.fault.Fault;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls activities so that people can interrupt them.
 *
 * <ol>
 *   <li>Starts the activity in a scope of its own.
 *   <li>Waits until it ends or somebody wants something else.
 *   <li>Then cancels the scope and waits until the activity has stopped, which a short one does by
 *       coming to its end: so nothing is at work any more when this returns.
 * </ol>
 */
final class Calls {
  private final Orders orders;
  private final Runnable begins;
  private final BooleanSupplier halted;

  Calls(Orders orders) {
    this(orders, orders::limitsTaken, () -> false);
  }

  private Calls(Orders orders, Runnable begins, BooleanSupplier halted) {
    this.orders = orders;
    this.begins = begins;
    this.halted = halted;
  }

  /**
   * Calls of steps that are done at the same time: the limits were taken for all of them, so that
   * none hides new ones from the others.
   *
   * @param halts whether they shall stop for another reason than an order
   */
  Calls together(BooleanSupplier halts) {
    return new Calls(orders, () -> {}, halts);
  }

  /**
   * The end of one call.
   *
   * @param value present: it came to its end
   * @param fault present: it failed
   */
  record Ended<T>(Optional<T> value, Optional<Fault> fault) {
    /** Whether it came to no end of its own. */
    boolean isInterrupted() {
      return value.isEmpty() && fault.isEmpty();
    }
  }

  /** Calls an activity that any order interrupts. */
  <T> Ended<T> interruptible(Call call, Supplier<Promise<T>> start) {
    return interruptible(call, start, over -> Workflow.await(over::getAsBoolean));
  }

  /**
   * The same with something to do meanwhile.
   *
   * @param wait returns when the condition that it gets holds; sooner: the activity is interrupted
   */
  <T> Ended<T> interruptible(
      Call call, Supplier<Promise<T>> start, Consumer<BooleanSupplier> wait) {
    begins.run();
    return run(call, start, () -> orders.interrupts() || halted.getAsBoolean(), wait);
  }

  /** Calls an activity that any order interrupts, and a condition too. */
  <T> Ended<T> interruptibleUntil(BooleanSupplier over, Call call, Supplier<Promise<T>> start) {
    orders.limitsTaken();
    return run(call, start, () -> over.getAsBoolean() || orders.interrupts());
  }

  /** Calls an activity that only the end of the run interrupts. */
  <T> Ended<T> stoppable(Call call, Supplier<Promise<T>> start) {
    return stoppableUntil(() -> false, call, start);
  }

  /** Calls an activity that the end of the run interrupts, and a condition too. */
  <T> Ended<T> stoppableUntil(BooleanSupplier over, Call call, Supplier<Promise<T>> start) {
    return run(call, start, () -> over.getAsBoolean() || orders.stops());
  }

  /** Calls an activity that nothing interrupts. */
  <T> Ended<T> certain(Call call, Supplier<Promise<T>> start) {
    return run(call, start, () -> false);
  }

  private static <T> Ended<T> run(
      Call call, Supplier<Promise<T>> start, BooleanSupplier interrupted) {
    return run(call, start, interrupted, over -> Workflow.await(over::getAsBoolean));
  }

  private static <T> Ended<T> run(
      Call call,
      Supplier<Promise<T>> start,
      BooleanSupplier interrupted,
      Consumer<BooleanSupplier> wait) {
    CompletablePromise<T> result = Workflow.newPromise();
    CancellationScope scope = Workflow.newCancellationScope(() -> result.completeFrom(start.get()));
    scope.run();
    wait.accept(() -> result.isCompleted() || interrupted.getAsBoolean());
    if (result.isCompleted()) {
      return end(call, result, false);
    }
    scope.cancel("asked to stop");
    if (Workflow.await(call.policy().grace(), result::isCompleted)) {
      return end(call, result, true);
    }
    // A late failure is no news; taken up here, the SDK does not log it.
    result.handle((value, late) -> value);
    return new Ended<>(Optional.empty(), Optional.empty());
  }

  private static <T> Ended<T> end(Call call, Promise<T> result, boolean interrupted) {
    try {
      return new Ended<>(Optional.of(result.get()), Optional.empty());
    } catch (ActivityFailure | DataConverterException e) {
      Fault fault = Failures.of(e, call);
      boolean stopped = interrupted && (Failures.isStop(e) || fault.kind().retried());
      return new Ended<>(Optional.empty(), stopped ? Optional.empty() : Optional.of(fault));
    }
  }
}
