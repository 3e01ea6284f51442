package dev.lockstep.workflows.api;

/** Where a run stands. */
public enum RunState {
  /** Steps are being done. */
  RUNNING,
  /** Stopped by a person until {@code resume}. */
  PAUSED,
  /** At a gate, until {@code approve}. */
  WAITING,
  /** A step failed; {@code retry}, {@code skip} or {@code abort} is needed. */
  HELD,
  /** Steps are being undone. */
  ROLLING_BACK,
  /** Everything is done. */
  SUCCEEDED,
  /** Everything is as before the run. */
  ROLLED_BACK,
  /** It ended with something left to a person. */
  FAILED,
  /** Cancelled and undone. */
  CANCELLED;

  /** Whether nothing more will happen. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == ROLLED_BACK || this == FAILED || this == CANCELLED;
  }
}
