package dev.lockstep.workflows.fault;

import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** The only maker of failures that cross the border between the hands and the engine. */
public final class Faults {
  private Faults() {}

  /**
   * A failure whose type is the code's name and whose only detail is the {@link Fault}.
   *
   * @param message names the thing, the value and the limit; never a secret
   * @param step id of the step, or empty
   */
  public static ApplicationFailure failure(FaultCode code, String message, String step) {
    return failure(code, message, step, null);
  }

  /**
   * The same with its cause. The cause's message goes into the history too: it must be free of
   * secrets.
   */
  public static ApplicationFailure failure(
      FaultCode code, String message, String step, @Nullable Throwable cause) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setMessage(message)
            .setType(code.name())
            .setNonRetryable(!code.kind().retried())
            .setDetails(Fault.of(code, message, step));
    if (cause != null) {
      failure.setCause(cause);
    }
    return failure.build();
  }
}
