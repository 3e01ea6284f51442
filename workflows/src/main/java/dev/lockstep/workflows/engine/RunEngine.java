package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.Control.Taken;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of any kind.
 *
 * <p>The whole run stands in a scope that the cancellation of the workflow does not reach: it is
 * taken as an abort whose end is CANCELED. A run that undid something returns its outcome; one that
 * failed before it changed anything fails the workflow with the fault.
 */
abstract class RunEngine implements RunControls {
  private final String kind;
  private final RequestReader reader;
  private final RunBook book = new RunBook();
  private final Orders orders = new Orders();
  private final Signboard signboard;
  private final Controls controls;
  private final Refusals refusals;
  private Optional<RunOutcome> outcome = Optional.empty();

  /** Restores the state before the first update or query of a new history is answered. */
  RunEngine(String kind, @Nullable JsonNode request) {
    this.kind = kind;
    reader = new RequestReader(request);
    signboard = new Signboard(book, orders, reader.searchAttributes());
    controls = new Controls(book, orders, signboard);
    refusals = new Refusals(book, orders);
    reader.continued().ifPresent(this::restoreOrRefuse);
  }

  /** The run from its first or a later history to its end. */
  final RunOutcome toTheEnd() {
    Request read = reader.orThrow();
    CancellationScope root = CancellationScope.current();
    orders.watch(root::isCancelRequested);
    Conduct conduct = new Conduct(kind, read, book, orders, signboard);
    Workflow.newDetachedCancellationScope(() -> outcome = guarded(conduct)).run();
    if (root.isCancelRequested()) {
      throw new CanceledFailure(outcome.map(RunOutcome::message).orElse("cancelled"));
    }
    if (outcome.isEmpty()) {
      new Continuation(book, orders, signboard).begin(read, conduct.stepsAHistory());
    }
    return outcome.orElseThrow();
  }

  /** A defect fails the run with its fault, since any other exception would hang it. */
  private Optional<RunOutcome> guarded(Conduct conduct) {
    try {
      return conduct.run();
    } catch (TemporalFailure e) {
      book.state(RunState.FAILED);
      signboard.fail(Failures.sentence(e));
      keep(Failures.of(e));
      throw e;
    } catch (RuntimeException e) {
      String sentence = "a defect of Lockstep: " + e;
      book.state(RunState.FAILED);
      showDefect(sentence);
      keep(Fault.of(FaultCode.INTERNAL_ERROR, sentence, ""));
      throw Faults.failure(FaultCode.INTERNAL_ERROR, sentence, "", e);
    }
  }

  /** Who asks for the status learns the reason too; a step that failed has told it before. */
  private void keep(Fault fault) {
    if (book.faults.first().isEmpty()) {
      book.faults.add(fault);
    }
  }

  /** What shows it may be what has the defect, and must not hide the first one. */
  private void showDefect(String sentence) {
    try {
      signboard.fail(sentence);
    } catch (RuntimeException e) {
      Workflow.getLogger(RunEngine.class).warn("nobody was told of {}", sentence, e);
    }
  }

  /** What no engine wrote fails the run; an exception from here would hang it. */
  private void restoreOrRefuse(Continued earlier) {
    try {
      restore(earlier);
    } catch (RuntimeException e) {
      reader.refuseContinued(String.valueOf(e));
    }
  }

  private void restore(Continued earlier) {
    book.restore(earlier);
    earlier.said().pause().ifPresent(orders::pause);
    signboard.restore(earlier.memo());
  }

  @Override
  public Taken pause(Control.@Nullable Pause pause) {
    return controls.pause(pause);
  }

  @Override
  public void validatePause(Control.@Nullable Pause pause) {
    refusals.pause();
  }

  @Override
  public Taken resume(Control.@Nullable Resume resume) {
    return controls.resume();
  }

  @Override
  public void validateResume(Control.@Nullable Resume resume) {
    refusals.resume();
  }

  @Override
  public Taken approve(Control.@Nullable Approve approve) {
    return controls.approve(approve);
  }

  @Override
  public void validateApprove(Control.@Nullable Approve approve) {
    refusals.approve(approve);
  }

  @Override
  public Taken retry(Control.@Nullable Retry retry) {
    return controls.retry();
  }

  @Override
  public void validateRetry(Control.@Nullable Retry retry) {
    refusals.retry();
  }

  @Override
  public Taken skip(Control.@Nullable Skip skip) {
    return controls.skip();
  }

  @Override
  public void validateSkip(Control.@Nullable Skip skip) {
    refusals.skip(skip);
  }

  @Override
  public Taken abort(Control.@Nullable Abort abort) {
    return controls.abort(abort);
  }

  @Override
  public void validateAbort(Control.@Nullable Abort abort) {
    refusals.abort();
  }

  @Override
  public Taken revert(Control.@Nullable Revert revert) {
    return controls.revert(revert);
  }

  @Override
  public void validateRevert(Control.@Nullable Revert revert) {
    refusals.revert();
  }

  @Override
  public Taken tune(Control.@Nullable Tune tune) {
    return controls.tune(tune);
  }

  @Override
  public void validateTune(Control.@Nullable Tune tune) {
    refusals.tune(tune);
  }

  @Override
  public void progress(@Nullable Progress progress) {
    if (progress != null) {
      book.progress(progress);
      signboard.post();
    }
  }

  @Override
  public RunStatus status() {
    return new Status(book, orders).read();
  }
}
