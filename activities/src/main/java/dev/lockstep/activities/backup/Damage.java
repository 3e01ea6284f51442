package dev.lockstep.activities.backup;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the failures of this package, and finds those that hide behind an {@link IOException}. */
final class Damage {
  private Damage() {}

  static ApplicationFailure of(String key, String difference) {
    return failure(
        FaultCode.BACKUP_DAMAGED, "the object " + key + " is damaged: " + difference + ".");
  }

  static ApplicationFailure failure(FaultCode code, String message) {
    return Faults.failure(code, message, "");
  }

  /** The failure that {@code exception} carries, or one of that code. */
  static ApplicationFailure behind(IOException exception, FaultCode otherwise, String what) {
    for (@Nullable Throwable next = exception; next != null; next = next.getCause()) {
      if (next instanceof ApplicationFailure known) {
        return known;
      }
    }
    return failure(otherwise, what + ": " + exception.getMessage());
  }

  static boolean is(ApplicationFailure failure, FaultCode code) {
    return code.name().equals(failure.getType());
  }

  /** The sentence of a failure, without the name of its type. */
  static String sentence(ApplicationFailure failure) {
    @Nullable String message = failure.getOriginalMessage();
    return message == null ? "no message" : message;
  }
}
