package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the failure of an activity to a fault. */
final class Failures {
  private Failures() {}

  /** The fault of a failed call. What nobody knows is a defect of Lockstep. */
  static Fault of(RuntimeException failure, Call call) {
    @Nullable Throwable cause = failure instanceof ActivityFailure ? failure.getCause() : failure;
    if (cause instanceof ApplicationFailure known) {
      return told(known, call.step());
    }
    if (cause instanceof TimeoutFailure timeout) {
      return Fault.of(FaultCode.STEP_TIMED_OUT, late(timeout, call), call.step());
    }
    return Fault.of(FaultCode.INTERNAL_ERROR, "unexpected: " + cause, call.step());
  }

  /** The fault with which a run fails. */
  static Fault of(TemporalFailure failure) {
    return failure instanceof ApplicationFailure known
        ? told(known, "")
        : Fault.of(FaultCode.INTERNAL_ERROR, sentence(failure), "");
  }

  /** Whether an activity ended because it was asked to. */
  static boolean isStop(RuntimeException failure) {
    return failure instanceof ActivityFailure && failure.getCause() instanceof CanceledFailure;
  }

  /** What people are told of a failure of the run. */
  static String sentence(TemporalFailure failure) {
    @Nullable String message =
        failure instanceof ApplicationFailure known
            ? known.getOriginalMessage()
            : failure.getMessage();
    return message == null ? "no message" : message;
  }

  /** Those who want to know of a failed preparation: see {@code Faults.notifying}. */
  static List<Notification> notifications(RuntimeException failure) {
    return last(failure)
        .filter(known -> known.getDetails().getSize() > 1)
        .map(Failures::notifications)
        .orElse(List.of());
  }

  /** What the activity said itself, be it at the last try before its time was over. */
  private static Optional<ApplicationFailure> last(RuntimeException failure) {
    @Nullable Throwable cause = failure instanceof ActivityFailure ? failure.getCause() : failure;
    @Nullable Throwable said = cause instanceof TimeoutFailure ? cause.getCause() : cause;
    return said instanceof ApplicationFailure known ? Optional.of(known) : Optional.empty();
  }

  private static List<Notification> notifications(ApplicationFailure known) {
    try {
      Notification[] them = known.getDetails().get(1, Notification[].class);
      return them == null ? List.of() : List.of(them);
    } catch (DataConverterException e) {
      return List.of();
    }
  }

  private static Fault told(ApplicationFailure failure, String step) {
    return code(failure.getType())
        .map(code -> detail(failure).orElseGet(() -> Fault.of(code, text(failure), step)))
        .map(fault -> fault.step().isEmpty() ? at(fault, step) : fault)
        .orElseGet(
            () ->
                Fault.of(FaultCode.INTERNAL_ERROR, failure.getType() + ": " + text(failure), step));
  }

  private static Optional<FaultCode> code(@Nullable String type) {
    return Stream.of(FaultCode.values()).filter(code -> code.name().equals(type)).findFirst();
  }

  private static Optional<Fault> detail(ApplicationFailure failure) {
    if (failure.getDetails().getSize() == 0) {
      return Optional.empty();
    }
    Class<?> type = Fault.class;
    try {
      @Nullable Object detail = failure.getDetails().get(0, type);
      return detail instanceof Fault fault ? Optional.of(fault) : Optional.empty();
    } catch (DataConverterException e) {
      return Optional.empty();
    }
  }

  private static Fault at(Fault fault, String step) {
    return new Fault(fault.code(), fault.kind(), fault.message(), step);
  }

  private static String text(ApplicationFailure failure) {
    @Nullable String message = failure.getOriginalMessage();
    return message == null ? "no message" : message;
  }

  private static String late(TimeoutFailure timeout, Call call) {
    ActivityOptions limits = call.policy().options();
    TimeoutType type = timeout.getTimeoutType();
    String what =
        type == TimeoutType.TIMEOUT_TYPE_HEARTBEAT
            ? "gave no sign of life for " + limits.getHeartbeatTimeout()
            : type == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE
                ? "did not end within " + limits.getStartToCloseTimeout()
                : "was not done within " + limits.getScheduleToCloseTimeout();
    String last =
        timeout.getCause() instanceof ApplicationFailure failure
            ? "; the last try said: " + text(failure)
            : "";
    return call.title() + " (" + call.step() + ") " + what + last;
  }
}
