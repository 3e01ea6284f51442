package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Expects faults. */
final class Faulty {
  private Faulty() {}

  /** The message of the fault with that code that {@code call} throws, alone or as a cause. */
  static AbstractStringAssert<?> fault(FaultCode code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    @Nullable Throwable fault = thrown instanceof IOException ? thrown.getCause() : thrown;
    if (!(fault instanceof ApplicationFailure failure)) {
      throw new AssertionError("no fault", thrown);
    }
    Assertions.assertThat(failure.getType()).as(failure.getMessage()).isEqualTo(code.name());
    return Assertions.assertThat(failure.getOriginalMessage());
  }
}
