package dev.lockstep.workflows.fakes;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the fake hands do, call by call; safe for use by several threads. */
public final class Script {
  private final List<String> calls = new ArrayList<>();
  private final List<Limits> limits = new ArrayList<>();
  private final Map<String, Deque<TemporalFailure>> failures = new HashMap<>();
  private final Map<String, SortedMap<String, Long>> figures = new HashMap<>();
  private final Set<String> endless = new HashSet<>();
  private final Set<String> doneBefore = new HashSet<>();
  private final List<Instant> begun = new ArrayList<>();
  private final Map<String, CountDownLatch> blocked = new HashMap<>();
  private List<String> differences = List.of();
  private Prepared prepared;

  public Script(Prepared prepared) {
    this.prepared = prepared;
  }

  /** The next try of the call {@code activity step} fails. */
  public synchronized void fail(String call, TemporalFailure failure) {
    failures.computeIfAbsent(call, key -> new ArrayDeque<>()).add(failure);
  }

  /** The call counts. */
  public synchronized void count(String call, SortedMap<String, Long> counted) {
    figures.put(call, counted);
  }

  /** The call finds that the step was done in an earlier process. */
  public synchronized void doneBefore(String call) {
    doneBefore.add(call);
  }

  /** When each repetition that was asked for began. */
  public synchronized List<Instant> begun() {
    return List.copyOf(begun);
  }

  /** The call heartbeats until it is cancelled, or until {@link #release}. */
  public synchronized void runEndlessly(String call) {
    endless.add(call);
  }

  /** The call comes to its end now and from now on. */
  public synchronized void release(String call) {
    endless.remove(call);
  }

  /** The call ends only when the latch is open; it does not heartbeat. */
  public synchronized CountDownLatch block(String call) {
    return blocked.computeIfAbsent(call, key -> new CountDownLatch(1));
  }

  public synchronized void differ(List<String> lines) {
    differences = List.copyOf(lines);
  }

  public synchronized List<String> differences() {
    return differences;
  }

  public synchronized void prepare(Prepared next) {
    prepared = next;
  }

  public synchronized Prepared prepared() {
    return prepared;
  }

  /** Every try of every call so far. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The calls whose activity begins so. */
  public List<String> calls(String prefix) {
    return calls().stream().filter(call -> call.startsWith(prefix)).toList();
  }

  /** The limits that each call with a scope got. */
  public synchronized List<Limits> limits() {
    return List.copyOf(limits);
  }

  StepOutcome play(String activity, StepScope scope) {
    synchronized (this) {
      limits.add(scope.limits());
    }
    return play(activity, scope.step());
  }

  StepOutcome play(String activity, StepScope scope, Instant repetition) {
    synchronized (this) {
      begun.add(repetition);
    }
    return play(activity, scope);
  }

  StepOutcome play(String activity, String step) {
    String call = step.isEmpty() ? activity : activity + " " + step;
    Optional<TemporalFailure> failure = note(call);
    await(call);
    if (failure.isPresent()) {
      throw failure.get();
    }
    beat(call, step);
    synchronized (this) {
      return new StepOutcome(
          doneBefore.contains(call), figures.getOrDefault(call, new TreeMap<>()));
    }
  }

  private synchronized Optional<TemporalFailure> note(String call) {
    calls.add(call);
    return Optional.ofNullable(failures.getOrDefault(call, new ArrayDeque<>()).poll());
  }

  private void await(String call) {
    Optional<CountDownLatch> latch;
    synchronized (this) {
      latch = Optional.ofNullable(blocked.get(call));
    }
    latch.ifPresent(Script::await);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the test never let the call go");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void beat(String call, String step) {
    if (!isEndless(call)) {
      return;
    }
    ActivityExecutionContext activity = Activity.getExecutionContext();
    activity
        .getWorkflowClient()
        .newUntypedWorkflowStub(activity.getInfo().getWorkflowId())
        .signal("progress", progress(step));
    CountDownLatch tick = new CountDownLatch(1);
    while (isEndless(call)) {
      activity.heartbeat(null);
      try {
        if (tick.await(20, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("nobody counts down");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized boolean isEndless(String call) {
    return endless.contains(call);
  }

  /** What every endless call reports once. */
  public static Progress progress(String step) {
    return new Progress(
        step, 50, 200, 25, Optional.of(Duration.ofSeconds(6)), List.of("replica lags by 7s"));
  }
}
