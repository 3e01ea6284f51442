package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.check.LimitChecks;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must not be said to a run as it stands; each refusal gives the reason. Changes nothing. */
final class Refusals {
  private final RunBook book;
  private final Orders orders;

  Refusals(RunBook book, Orders orders) {
    this.book = book;
    this.orders = orders;
  }

  void pause() {
    refuse(orders.stops(), "the run is being stopped");
    refuse(
        book.isSettling() && book.state() == RunState.RUNNING,
        "every step is done, nothing is left to pause");
    refuse(book.state() == RunState.HELD, "the run is held; answer with retry, skip or abort");
    refuse(book.state() == RunState.ROLLING_BACK, "a rollback is never paused");
    orders
        .pause()
        .ifPresent(
            pause -> {
              throw refusal("paused already by " + Status.said(pause.by(), pause.reason()));
            });
  }

  void resume() {
    refuse(orders.pause().isEmpty(), "the run is not paused, it is " + book.state());
  }

  void approve(Control.@Nullable Approve approve) {
    refuse(book.prepared().isEmpty(), "the run is being prepared, its gates are not known yet");
    List<String> known = book.gates.known();
    String gates = known.isEmpty() ? "; this run has none" : "; its gates are " + known;
    if (approve == null || isBlank(approve.gate())) {
      throw refusal("say which gate: {\"gate\": …}" + gates);
    }
    String gate = approve.gate();
    refuse(!known.contains(gate), "the run has no gate " + gate + gates);
    refuse(book.gates.isApproved(gate), "gate " + gate + " is approved already");
    refuse(passed(gate), "gate " + gate + " is passed");
    refuse(!book.gates.takes(gate), "the run does not wait at gate " + gate + " now");
    refuse(book.state() == RunState.ROLLING_BACK || orders.stops(), "the run is being undone");
    book.gates
        .votes
        .refusal(gate, Votes.name(approve.by()))
        .ifPresent(
            reason -> {
              throw refusal(reason);
            });
  }

  void retry() {
    refuse(book.state() != RunState.HELD, "the run is not held, it is " + book.state());
    refuse(orders.answer().isPresent(), "the held run was answered already");
  }

  void skip(Control.@Nullable Skip skip) {
    retry();
    String held = book.step().orElse("");
    if (skip == null || isBlank(skip.step())) {
      throw refusal("say which step: {\"step\": \"" + held + "\"}");
    }
    refuse(!skip.step().equals(held), "the run is held at " + held + ", not at " + skip.step());
    refuse(!book.canSkip(), "the plan does not allow to go on without " + held);
  }

  void abort() {
    refuse(book.state() == RunState.ROLLING_BACK, "the run is being rolled back already");
    refuse(orders.stops(), "the run is being stopped already");
    book.returnPassed()
        .ifPresent(
            step -> {
              throw refusal("nothing can be undone any more: " + whyNot(step));
            });
  }

  void revert() {
    abort();
    refuse(
        !book.isInRevertWindow(),
        "the run is not in its revert window; abort stops it and takes everything back");
  }

  void tune(Control.@Nullable Tune tune) {
    Optional<Limits> limits = book.limits();
    if (limits.isEmpty()) {
      throw refusal("the run is being prepared, its limits are not known yet");
    }
    if (tune == null || Tuning.isEmpty(tune)) {
      throw refusal(
          "say which limit: lockTimeout, batchDuration, maxRowsPerSecond, maxReplicaLag,"
              + " parallelism, maxArchiveBacklog, maxWalRate, maxCommitLatency, maxActiveSessions,"
              + " autovacuum, terminateBlockers, terminateBlockersAfter, tables");
    }
    refuse(
        tune.tables().isPresent()
            && book.plan().steps().stream().noneMatch(step -> step.together().isPresent()),
        "the plan of this run works on one table after the other; it is made for several at a time"
            + " where they change and the definition has limits.tables, be it 1");
    List<Problem> problems = LimitChecks.check(Tuning.of(limits.get(), tune));
    refuse(
        !problems.isEmpty(),
        problems.stream()
            .map(problem -> problem.path() + " " + problem.message())
            .collect(Collectors.joining("; ")));
  }

  private boolean passed(String gate) {
    List<PlannedStep> steps = book.plan().steps();
    return steps.subList(book.position(), steps.size()).stream()
        .noneMatch(step -> Gates.named(step).filter(gate::equals).isPresent());
  }

  private String whyNot(String id) {
    return book.plan().steps().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .map(step -> "step " + id + " (" + step.sentence() + ") began")
        .orElse("every step is done");
  }

  /** A field that the sender left out is null in spite of its type. */
  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static void refuse(boolean refused, String reason) {
    if (refused) {
      throw refusal(reason);
    }
  }

  private static ApplicationFailure refusal(String reason) {
    return Faults.failure(FaultCode.CONTROL_REFUSED, reason, "");
  }
}
