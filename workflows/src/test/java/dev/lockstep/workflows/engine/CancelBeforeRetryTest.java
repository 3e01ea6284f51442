package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CancelBeforeRetryTest {
  private static final String ADD = "applyStatements expand/add";
  private static final List<PlannedStep> STEPS = List.of(Plans.claim(), Plans.add());

  @Test
  void aBusyTryThatWasCancelledMeanwhileEndsAsCancelled() {
    try (Stage stage = new Stage(STEPS)) {
      WorkflowStub run = abortedWhileBusy(stage);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.has(run, EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED)).isTrue();
      assertThat(stage.has(run, EventType.EVENT_TYPE_TIMER_FIRED)).isFalse();
    }
  }

  /** The embedded service loses such an activity; a worker without the interceptor shows it. */
  @Test
  void aRunWhoseCancelledActivityIsLostGoesOnAfterTheGrace() {
    try (Stage stage = new Stage(STEPS, new WorkerInterceptor[0])) {
      WorkflowStub run = abortedWhileBusy(stage);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(stage.has(run, EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED)).isFalse();
      assertThat(stage.has(run, EventType.EVENT_TYPE_TIMER_FIRED)).isTrue();
    }
  }

  private static WorkflowStub abortedWhileBusy(Stage stage) {
    CountDownLatch latch = stage.script.block(ADD);
    stage.script.fail(ADD, Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", ""));
    WorkflowStub run = stage.start();
    stage.untilCalled(ADD, 1);
    Stage.say(run, "abort", "{}");
    latch.countDown();
    return run;
  }
}
