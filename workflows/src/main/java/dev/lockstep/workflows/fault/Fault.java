package dev.lockstep.workflows.fault;

/**
 * One fault, as people and programs see it.
 *
 * @param message names the thing, the value and the limit; never a secret
 * @param step id of the step, or empty where no step is to blame
 */
public record Fault(FaultCode code, FaultKind kind, String message, String step) {
  /** A fault of one step. */
  public static Fault of(FaultCode code, String message, String step) {
    return new Fault(code, code.kind(), message, step);
  }
}
