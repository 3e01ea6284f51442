package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a run stands. Written by the main line, read by the controls and the status. */
final class RunBook {
  final UndoLog undo = new UndoLog();
  final StepBook steps = new StepBook();
  final FaultBook faults = new FaultBook();
  final Gates gates = new Gates();
  final VerificationBook verification = new VerificationBook();

  private final AtWork atWork = new AtWork();
  private Optional<Prepared> prepared = Optional.empty();
  private Optional<Limits> limits = Optional.empty();
  private RunState state = RunState.RUNNING;
  private Phase phase = Phase.PREPARE;
  private int position;
  private boolean claimed;
  private Optional<String> returnPassed = Optional.empty();
  private Optional<Instant> timerEnd = Optional.empty();
  private boolean canSkip;

  /** Begins a run, or goes on with one of the ledger. */
  void open(Prepared found) {
    prepared = Optional.of(found);
    // Without a ledger there is nothing to claim: whatever is done is undone from the first step
    // on.
    claimed = found.copy().isPresent();
    limits = Optional.of(found.plan().limits());
    steps.open(found.plan().steps());
    gates.open(found.plan(), List.of());
    if (found.state() == Prepared.State.RESUMED || found.state() == Prepared.State.UNDOING) {
      resume(found);
    }
  }

  /** Any of the steps may have been done already: each is undone unless the ledger knows better. */
  private void resume(Prepared found) {
    claimed = true;
    found.plan().steps().forEach(undo::record);
    returnPassed =
        found.plan().steps().stream()
            .filter(PlannedStep::pointOfNoReturn)
            .map(PlannedStep::id)
            .filter(found.begun()::contains)
            .findFirst();
  }

  /** Goes on where an earlier history stopped. */
  void restore(Continued earlier) {
    Plan plan = earlier.prepared().plan();
    prepared = Optional.of(earlier.prepared());
    limits = Optional.of(earlier.limits());
    position = earlier.place().position();
    claimed = earlier.place().claimed();
    returnPassed = earlier.place().returnPassed();
    plan.steps().stream()
        .filter(planned -> earlier.past().undo().contains(planned.id()))
        .forEach(undo::record);
    steps.restore(earlier.past().steps());
    faults.restore(earlier.past().fault(), earlier.past().faults());
    verification.restore(earlier.past().verified());
    gates.open(plan, earlier.said().given());
    if (position > 0) {
      phase = plan.steps().get(position - 1).phase();
    }
  }

  Optional<Prepared> prepared() {
    return prepared;
  }

  /** The plan; a defect where there is none yet. */
  Plan plan() {
    return preparedOrThrow().plan();
  }

  Prepared preparedOrThrow() {
    return prepared.orElseThrow(
        () -> Faults.failure(FaultCode.INTERNAL_ERROR, "the run has no plan yet", ""));
  }

  Optional<Limits> limits() {
    return limits;
  }

  void limits(Limits wanted) {
    limits = Optional.of(wanted);
  }

  RunState state() {
    return state;
  }

  void state(RunState now) {
    state = now;
  }

  Phase phase() {
    return phase;
  }

  int position() {
    return position;
  }

  boolean claimed() {
    return claimed;
  }

  void claim() {
    claimed = true;
  }

  /** Id of the first begun step after which nothing can be undone. */
  Optional<String> returnPassed() {
    return returnPassed;
  }

  void passReturn(String id) {
    if (returnPassed.isEmpty()) {
      returnPassed = Optional.of(id);
    }
  }

  /** Id of the step at work; of several, the one that began first. */
  Optional<String> step() {
    return atWork.first();
  }

  /** Whether every step is done and only the ledger has to learn of it. */
  boolean isSettling() {
    return step().filter(Records.SETTLE::equals).isPresent();
  }

  /** Whether what is hidden waits for the time after which it is dropped. */
  boolean isInRevertWindow() {
    return timerEnd().isPresent() && plan().steps().get(position).phase() == Phase.CONTRACT;
  }

  /** What that step reported. */
  Optional<Progress> progress() {
    return atWork.firstReport();
  }

  /** What each step reported, where several are at work. */
  List<Progress> together() {
    return atWork.together();
  }

  /**
   * Takes a report of a step at work or of the verification that is repeated meanwhile; a late one
   * of another step is dropped.
   */
  void progress(Progress report) {
    verification.progress(report);
    atWork.report(report);
  }

  /** Notes everything that has to be known before the step acts. */
  void begin(PlannedStep next) {
    focus(next.id());
    noted(next);
  }

  /** The same for a step that acts beside others. */
  void beginBeside(PlannedStep next) {
    atWork.join(next.id());
    noted(next);
  }

  private void noted(PlannedStep next) {
    phase = next.phase();
    undo.record(next);
    if (next.pointOfNoReturn()) {
      passReturn(next.id());
    }
  }

  /** Names the step that reports are about. */
  void focus(String id) {
    atWork.only(id);
  }

  /** A step has ended, others may go on. */
  void leave(String id) {
    atWork.leave(id);
  }

  /** No step is at work. */
  void rest() {
    atWork.clear();
  }

  /** Goes past so many steps. */
  void advance(int past) {
    position += past;
    rest();
  }

  /** Goes back to an earlier step. */
  void goBack(PlannedStep earlier) {
    position = plan().steps().indexOf(earlier);
    rest();
  }

  /** Notes which steps stand as the ledger knows it, where a run went back. */
  void begun(List<String> steps) {
    prepared = Optional.of(preparedOrThrow().withBegun(steps));
  }

  /** Notes a fault that stops the step. */
  void fault(Fault fault) {
    atWork.forgetReports();
    faults.add(fault);
  }

  /** Notes what a held run may be told. */
  void hold(boolean skippable) {
    canSkip = skippable;
  }

  /** Whether a held run may go on without its step. */
  boolean canSkip() {
    return canSkip;
  }

  /** When the wait of the current step is over. */
  Optional<Instant> timerEnd() {
    return timerEnd;
  }

  void timer(long endMillis) {
    timerEnd = Optional.of(Instant.ofEpochMilli(endMillis));
  }

  void timerOver() {
    timerEnd = Optional.empty();
  }

  /** Whether a step behind this one began in an earlier process. */
  boolean beganAfter(PlannedStep earlier) {
    List<PlannedStep> all = plan().steps();
    return all.subList(all.indexOf(earlier) + 1, all.size()).stream()
        .anyMatch(later -> preparedOrThrow().begun().contains(later.id()));
  }

  /** What an activity gets for a step. */
  StepScope scope(String stepId) {
    Prepared run = preparedOrThrow();
    return new StepScope(run.run(), stepId, run.database(), limits.orElse(run.plan().limits()));
  }
}
