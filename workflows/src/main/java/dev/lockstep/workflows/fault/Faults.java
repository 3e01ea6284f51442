package dev.lockstep.workflows.fault;

import dev.lockstep.definitions.model.Notification;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  /** A failure that is retried after that time and not sooner. */
  public static ApplicationFailure later(FaultCode code, String message, Duration delay) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(code.name())
        .setNonRetryable(!code.kind().retried())
        .setNextRetryDelay(delay)
        .setDetails(Fault.of(code, message, ""))
        .build();
  }

  /** The same failure of no step, with those who want to know of it as its second detail. */
  public static ApplicationFailure notifying(ApplicationFailure failure, List<Notification> them) {
    Optional<FaultCode> code =
        Stream.of(FaultCode.values())
            .filter(known -> known.name().equals(failure.getType()))
            .findFirst();
    if (them.isEmpty() || code.isEmpty()) {
      return failure;
    }
    // An array, since a list loses the kinds of its elements on the wire.
    String message = String.valueOf(failure.getOriginalMessage());
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(code.get().name())
        .setNonRetryable(failure.isNonRetryable())
        .setDetails(Fault.of(code.get(), message, ""), them.toArray(Notification[]::new))
        .setCause(failure.getCause())
        .build();
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
