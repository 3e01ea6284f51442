package dev.lockstep.worker.engine;

import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** From the exception with which a workflow failed to the fault that it means. */
public final class RunFailures {
  private RunFailures() {}

  /** The fault; {@code INTERNAL_ERROR} where nothing better is known. */
  public static Fault read(Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure failure) {
        return Fault.of(code(failure.getType()), failure.getOriginalMessage(), "");
      }
      if (cause instanceof CanceledFailure) {
        return Fault.of(FaultCode.RUN_CANCELLED, "the run was cancelled", "");
      }
      if (cause instanceof TerminatedFailure) {
        return Fault.of(
            FaultCode.RUN_ABORTED,
            "the run was terminated; what it had done is in the ledger: run the definition again",
            "");
      }
    }
    return Fault.of(FaultCode.INTERNAL_ERROR, String.valueOf(thrown.getMessage()), "");
  }

  private static FaultCode code(@Nullable String type) {
    return Arrays.stream(FaultCode.values())
        .filter(code -> code.name().equals(type))
        .findFirst()
        .orElse(FaultCode.INTERNAL_ERROR);
  }
}
