package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.Header;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
  /** Else the failure is never sent: gRPC refuses calls of an interrupted thread. */
  @Test
  void theAnswerOfAStoppedActivityCanBeSent() {
    try (Heartbeats heartbeats = new Heartbeats()) {
      ActivityInboundCallsInterceptor beating = heartbeats.interceptActivity(new Stopped());

      assertThatThrownBy(() -> beating.execute(new ActivityInput(Header.empty(), new Object[0])))
          .isInstanceOf(ApplicationFailure.class);

      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  /** Ends as activities do whose worker shuts down. */
  private static final class Stopped implements ActivityInboundCallsInterceptor {
    @Override
    public void init(ActivityExecutionContext context) {}

    @Override
    public ActivityOutput execute(ActivityInput input) {
      Thread.currentThread().interrupt();
      throw Faults.failure(FaultCode.SERVER_UNREACHABLE, "the worker is being stopped", "");
    }
  }
}
