package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.GateActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Old names hidden on trial.
 *
 * <ol>
 *   <li>A step counts what is usual; the next ones hide the names; the trial watches clients. A
 *       pause waits until the trial is over, since nobody would watch meanwhile; new limits do not
 *       matter to it.
 *   <li>Clients fail: the hiding steps are undone at once, newest first, interrupted by nothing.
 *       The run goes back to the step that counts, and waits there for an approval; one that was
 *       given before counts no more.
 *   <li>Approved: the ledger forgets the trial, and everything is done again from the count on.
 *   <li>A person who approves the gate of the trial ends it: the names stay hidden.
 * </ol>
 *
 * That a trial failed is known by the steps that stand: it began, and what it tried out does not
 * all stand. So a process that goes on from the ledger knows it too, and brings back what is left.
 */
final class Trials {
  private final RunBook book;
  private final Calls calls;
  private final Signboard signboard;
  private final Waits waits;
  private boolean back;

  Trials(RunBook book, Calls calls, Signboard signboard, Waits waits) {
    this.book = book;
    this.calls = calls;
    this.signboard = signboard;
    this.waits = waits;
  }

  /**
   * Whether the run went back since the last call, and goes on with the step that the book has,
   * from its start.
   */
  boolean takeBack() {
    boolean taken = back;
    back = false;
    return taken;
  }

  /** Watches clients; the answer is the end of the trial. */
  Attempt watch(PlannedStep trial, Action.Trial action) {
    Call call = Call.of(trial, ActivityPolicies.TRIAL);
    waits.arrive(
        action.gate(),
        "old names are hidden on trial; approve with gate " + action.gate() + " ends it early");
    Calls.Ended<StepOutcome> ended =
        calls.stoppableUntil(
            () -> book.gates.isApproved(action.gate()),
            call,
            () -> Async.function(gates(call)::tryOut, book.scope(trial.id()), action));
    waits.leaveGate();
    boolean approved = book.gates.isApproved(action.gate());
    book.gates.withdraw(action.gate());
    if (!ended.isInterrupted() || !approved) {
      return new Attempt(ended.value(), ended.fault());
    }
    Call end = Call.of(trial, ActivityPolicies.LEDGER);
    Calls.Ended<StepOutcome> noted =
        calls.certain(
            end, () -> Async.function(gates(end)::endTrial, book.scope(trial.id()), action));
    return new Attempt(noted.value(), noted.fault());
  }

  /**
   * Where an attempt was a trial in which clients failed, brings the old names back and goes back
   * to the step before it.
   *
   * @return what is left to react to: the attempt, or what keeps the names from coming back
   */
  Attempt settle(PlannedStep step, Attempt attempt) {
    Optional<Fault> failure =
        attempt.fault().filter(fault -> fault.code() == FaultCode.TRIAL_FAILED);
    if (failure.isEmpty()) {
      return attempt;
    }
    PlannedStep before = before(step);
    Optional<Fault> fault = undo(tried(before, step));
    if (fault.isPresent()) {
      book.faults.note(failure.get());
      return Attempt.failed(fault.get());
    }
    book.fault(failure.get());
    book.steps.ended(step.id(), StepState.FAILED);
    tried(before, step).forEach(hidden -> book.steps.reset(hidden.id()));
    book.begun(failedBegun(before, step));
    Gates.named(before).ifPresent(book.gates::withdraw);
    book.goBack(before);
    back = true;
    return Attempt.interrupted();
  }

  /**
   * Where a trial failed, waits for the approval of another one.
   *
   * @return how the wait ended; empty: the count before the trial may begin
   */
  Optional<Attempt> again(PlannedStep before, Action.BeforeTrial action) {
    PlannedStep trial = after(before);
    List<PlannedStep> standing =
        tried(before, trial).stream().filter(step -> begun().contains(step.id())).toList();
    boolean failed = begun().contains(trial.id()) && standing.size() < tried(before, trial).size();
    if (!failed) {
      return Optional.empty();
    }
    Optional<Fault> fault = undo(standing);
    if (fault.isPresent()) {
      return Optional.of(Attempt.failed(fault.get()));
    }
    book.begun(failedBegun(before, trial));
    book.focus(before.id());
    Attempt approval = waits.approval(before, action.gate(), reason(action.gate()));
    if (approval.outcome().isEmpty()) {
      return Optional.of(approval);
    }
    return Optional.of(forget(before, trial));
  }

  private Attempt forget(PlannedStep before, PlannedStep trial) {
    Call call = Call.of(before, ActivityPolicies.LEDGER);
    Action.Trial action = (Action.Trial) trial.action();
    Calls.Ended<Boolean> ended =
        calls.certain(
            call,
            () ->
                Async.procedure(gates(call)::forgetTrial, book.scope(trial.id()), action)
                    .thenApply(nothing -> Boolean.TRUE));
    if (ended.fault().isPresent()) {
      return Attempt.failed(ended.fault().get());
    }
    book.faults.forgive();
    book.steps.reset(trial.id());
    book.begun(standingWithout(before, trial));
    back = true;
    return Attempt.interrupted();
  }

  private String reason(String gate) {
    String why =
        book.faults.newestFirst().stream()
            .filter(fault -> fault.code() == FaultCode.TRIAL_FAILED)
            .findFirst()
            .map(Fault::message)
            .orElse("clients failed in the trial of an earlier process");
    return why
        + ". The old names are back; approve with gate "
        + gate
        + " tries again, abort takes everything back";
  }

  private Optional<Fault> undo(List<PlannedStep> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      PlannedStep step = steps.get(i);
      book.focus(step.id());
      signboard.show();
      Optional<Fault> fault =
          step.undo().action().flatMap(action -> action.accept(new Undos(book, calls, step)));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private List<String> begun() {
    return book.preparedOrThrow().begun();
  }

  /** What stands after a trial that failed. */
  private List<String> failedBegun(PlannedStep before, PlannedStep trial) {
    List<String> begun = new ArrayList<>(standingWithout(before, trial));
    begun.add(trial.id());
    return begun;
  }

  private List<String> standingWithout(PlannedStep before, PlannedStep trial) {
    List<String> gone =
        steps().subList(index(before), index(trial) + 1).stream().map(PlannedStep::id).toList();
    return begun().stream().filter(id -> !gone.contains(id)).toList();
  }

  /** What is tried out. */
  private List<PlannedStep> tried(PlannedStep before, PlannedStep trial) {
    return steps().subList(index(before) + 1, index(trial));
  }

  private PlannedStep before(PlannedStep trial) {
    String id = ((Action.Trial) trial.action()).before();
    return steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  private PlannedStep after(PlannedStep before) {
    return steps().stream()
        .filter(step -> step.action() instanceof Action.Trial)
        .filter(step -> before(step).equals(before))
        .findFirst()
        .orElseThrow();
  }

  private int index(PlannedStep step) {
    return steps().indexOf(step);
  }

  private List<PlannedStep> steps() {
    return book.plan().steps();
  }

  private static GateActivities gates(Call call) {
    return Workflow.newActivityStub(GateActivities.class, call.options());
  }
}
