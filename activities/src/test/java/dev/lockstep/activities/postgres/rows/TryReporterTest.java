package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TryReporterTest {
  private final RecordingReporter run = new RecordingReporter(3);
  private final TryReporter reporter = new TryReporter(run, "migrate/fill");

  @Test
  void aTryThatIsMadeAgainSaysWhyAndHowFarItCame() {
    reporter.progress(new Progress("migrate/fill", 70, 90, 5, Optional.empty(), List.of()));

    reporter.failed(
        Faults.failure(FaultCode.RESOURCE_EXHAUSTED, "No space left on device", "migrate/fill"));

    assertThat(run.told())
        .last()
        .isEqualTo(
            new Progress(
                "migrate/fill",
                70,
                90,
                0,
                Optional.empty(),
                List.of("attempt 3 failed: No space left on device")));
  }

  @Test
  void aTryThatFailsBeforeItsFirstRowSaysWhyToo() {
    reporter.failed(Faults.failure(FaultCode.SERVER_UNREACHABLE, "connection refused", "x"));

    assertThat(run.reasons()).containsExactly("attempt 3 failed: connection refused");
  }

  @Test
  void aFaultThatEndsTheStepIsNoReasonForWaiting() {
    reporter.failed(Faults.failure(FaultCode.ROW_REFUSED, "division by zero", "migrate/fill"));

    assertThat(run.told()).isEmpty();
  }
}
