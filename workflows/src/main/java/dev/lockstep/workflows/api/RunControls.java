package dev.lockstep.workflows.api;

import dev.lockstep.workflows.contract.Progress;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import org.jspecify.annotations.Nullable;

/**
 * What every run of Lockstep can be told and asked, whatever it runs. Task queue {@code lockstep}.
 */
public interface RunControls {
  /** The task queue of every run. */
  String TASK_QUEUE = "lockstep";

  /**
   * Field of the memo: the {@link RunState}. The result of a cancelled run is lost, this is not.
   */
  String MEMO_STATE = "LockstepState";

  /** Field of the memo: the {@code Phase}. */
  String MEMO_PHASE = "LockstepPhase";

  /** Field of the memo: the run's key in the ledger. */
  String MEMO_RUN = "LockstepRun";

  /** Field of the memo: how the run ended, in one sentence. */
  String MEMO_MESSAGE = "LockstepMessage";

  /** Stops at the next batch boundary. */
  @UpdateMethod(name = "pause", description = "Stop at the next batch: {\"by\": …, \"reason\": …}")
  Control.Taken pause(Control.@Nullable Pause pause);

  /** Refuses a pause that makes no sense now. */
  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(Control.@Nullable Pause pause);

  /** Goes on after a pause. */
  @UpdateMethod(name = "resume", description = "Go on after a pause: {\"by\": …}")
  Control.Taken resume(Control.@Nullable Resume resume);

  /** Refuses a resume of a run that is not paused. */
  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(Control.@Nullable Resume resume);

  /** Passes a gate. */
  @UpdateMethod(
      name = "approve",
      description = "Pass a gate: {\"gate\": \"contract\", \"by\": …, \"comment\": …}")
  Control.Taken approve(Control.@Nullable Approve approve);

  /** Refuses an unknown or passed gate. */
  @UpdateValidatorMethod(updateName = "approve")
  void validateApprove(Control.@Nullable Approve approve);

  /** Does the failed step again. */
  @UpdateMethod(name = "retry", description = "Do the failed step of a held run again: {\"by\": …}")
  Control.Taken retry(Control.@Nullable Retry retry);

  /** Refuses a retry of a run that is not held. */
  @UpdateValidatorMethod(updateName = "retry")
  void validateRetry(Control.@Nullable Retry retry);

  /** Goes on without the failed step. */
  @UpdateMethod(
      name = "skip",
      description = "Go on without the failed step: {\"step\": …, \"by\": …, \"reason\": …}")
  Control.Taken skip(Control.@Nullable Skip skip);

  /** Refuses to skip what the plan does not allow. */
  @UpdateValidatorMethod(updateName = "skip")
  void validateSkip(Control.@Nullable Skip skip);

  /** Stops and undoes everything. */
  @UpdateMethod(name = "abort", description = "Stop and roll back: {\"by\": …, \"reason\": …}")
  Control.Taken abort(Control.@Nullable Abort abort);

  /** Refuses after the point of no return. */
  @UpdateValidatorMethod(updateName = "abort")
  void validateAbort(Control.@Nullable Abort abort);

  /** Brings the old schema back inside the revert window; later writes are kept. */
  @UpdateMethod(
      name = "revert",
      description = "Back to the old schema, later writes kept: {\"by\": …, \"reason\": …}")
  Control.Taken revert(Control.@Nullable Revert revert);

  /** Refuses outside of the revert window. */
  @UpdateValidatorMethod(updateName = "revert")
  void validateRevert(Control.@Nullable Revert revert);

  /** Sets new limits. */
  @UpdateMethod(
      name = "tune",
      description = "New limits: {\"batchDuration\": \"PT0.1S\", \"parallelism\": 2, …}")
  Control.Taken tune(Control.@Nullable Tune tune);

  /** Refuses limits out of range. */
  @UpdateValidatorMethod(updateName = "tune")
  void validateTune(Control.@Nullable Tune tune);

  /** Told by a long activity. */
  @SignalMethod(name = "progress")
  void progress(@Nullable Progress progress);

  /** The run as it stands. */
  @QueryMethod(name = "status", description = "State, phase, progress, reasons for waiting, faults")
  RunStatus status();
}
