package dev.lockstep.workflows.fault;

/** What is done about a fault. The kind alone decides. */
public enum FaultKind {
  /** The definition or the data is wrong: never retried. */
  INVALID(false),
  /** Something is not as expected: never retried, a person decides. */
  CONFLICT(false),
  /** Somebody else is in the way: retried. */
  BUSY(true),
  /** A service does not answer: retried. */
  UNREACHABLE(true),
  /** A defect of Lockstep: never retried. */
  INTERNAL(false);

  private final boolean retried;

  FaultKind(boolean retried) {
    this.retried = retried;
  }

  /** Whether a step is tried again by itself. */
  public boolean retried() {
    return retried;
  }
}
