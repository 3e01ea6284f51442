package dev.lockstep.worker.report;

import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.api.failure.v1.Failure;
import java.util.Arrays;
import java.util.Optional;

/** From a failure of a history to the fault that it means. */
final class FailureReader {
  private FailureReader() {}

  /**
   * The fault of a step.
   *
   * @param step to blame where the failure does not say
   */
  static Fault fault(Failure failure, String step) {
    if (failure.hasTimeoutFailureInfo()) {
      String last = failure.hasCause() ? "; the last try said: " + text(failure.getCause()) : "";
      return Fault.of(FaultCode.STEP_TIMED_OUT, text(failure) + last, step);
    }
    if (failure.hasCanceledFailureInfo()) {
      return Fault.of(FaultCode.RUN_CANCELLED, text(failure), step);
    }
    if (!failure.hasApplicationFailureInfo() && failure.hasCause()) {
      return fault(failure.getCause(), step);
    }
    Optional<Fault> told =
        Values.read(Values.tree(failure.getApplicationFailureInfo().getDetails(), 0), Fault.class);
    return told.map(fault -> at(fault, step))
        .orElseGet(
            () ->
                Fault.of(code(failure.getApplicationFailureInfo().getType()), text(failure), step));
  }

  private static Fault at(Fault fault, String step) {
    return fault.step().isEmpty()
        ? new Fault(fault.code(), fault.kind(), fault.message(), step)
        : fault;
  }

  private static FaultCode code(String type) {
    return Arrays.stream(FaultCode.values())
        .filter(code -> code.name().equals(type))
        .findFirst()
        .orElse(FaultCode.INTERNAL_ERROR);
  }

  private static String text(Failure failure) {
    return failure.getMessage().isEmpty() ? "no message" : failure.getMessage();
  }
}
