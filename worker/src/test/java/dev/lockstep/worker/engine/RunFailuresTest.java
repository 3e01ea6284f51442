package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import org.junit.jupiter.api.Test;

final class RunFailuresTest {
  private static Fault read(Throwable cause) {
    return RunFailures.read(new IllegalStateException("the run failed", cause));
  }

  @Test
  void aFaultKeepsItsCodeAndMessage() {
    Fault fault = read(ApplicationFailure.newFailure("no such role", "CREDENTIALS_REFUSED"));

    assertThat(fault.code()).isEqualTo(FaultCode.CREDENTIALS_REFUSED);
    assertThat(fault.message()).isEqualTo("no such role");
  }

  @Test
  void anUnknownTypeIsADefect() {
    assertThat(read(ApplicationFailure.newFailure("boom", "Other")).code())
        .isEqualTo(FaultCode.INTERNAL_ERROR);
    assertThat(read(ApplicationFailure.newFailure("boom", "Other")).message()).isEqualTo("boom");
  }

  @Test
  void cancelAndTerminationAreToldApart() {
    assertThat(read(new CanceledFailure("cancel")).code()).isEqualTo(FaultCode.RUN_CANCELLED);
    assertThat(read(new TerminatedFailure("kill", null)).code()).isEqualTo(FaultCode.RUN_ABORTED);
  }

  @Test
  void whatIsNotOursIsADefectWithItsMessage() {
    assertThat(RunFailures.read(new IllegalStateException("odd")).message()).isEqualTo("odd");
  }
}
