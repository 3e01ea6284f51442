package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.worker.embedded.EmbeddedTemporal;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A worker is stopped while an activity takes longer to end than the heartbeat timeout. */
final class StoppedWorkerIT {
  private static final String WORKFLOWS = "workflows";
  private static final String ACTIVITIES = "activities";
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGER = HEARTBEAT_TIMEOUT.multipliedBy(2);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void whatEndsLateDoesNotCountAsLost() throws Exception {
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(service.address());
        Heartbeats heartbeats = new Heartbeats()) {
      LateActivity late = new LateActivity();
      WorkerFactory thinking = WorkerFactory.newInstance(connection.client());
      thinking.newWorker(WORKFLOWS).registerWorkflowImplementationTypes(OneStep.class);
      thinking.start();
      WorkerFactory doing =
          WorkerFactory.newInstance(
              connection.client(),
              WorkerFactoryOptions.newBuilder().setWorkerInterceptors(heartbeats).build());
      doing.newWorker(ACTIVITIES).registerActivitiesImplementations(late);
      doing.start();
      CompletableFuture<String> result = WorkflowClient.execute(start(connection)::run);
      assertThat(late.began.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      doing.shutdown();

      assertThat(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
      doing.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      thinking.shutdownNow();
    }
  }

  private static Run start(EngineConnection connection) {
    return connection
        .client()
        .newWorkflowStub(Run.class, WorkflowOptions.newBuilder().setTaskQueue(WORKFLOWS).build());
  }

  /** A run of one step. */
  @WorkflowInterface
  public interface Run {
    /** Does it. */
    @WorkflowMethod
    String run();
  }

  /** The step, without a second try. */
  @ActivityInterface
  public interface Step {
    /** Does it. */
    String work();
  }

  /** The run. */
  public static final class OneStep implements Run {
    @Override
    public String run() {
      return Workflow.newActivityStub(
              Step.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(ACTIVITIES)
                  .setStartToCloseTimeout(PATIENCE)
                  .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .work();
    }
  }

  /** Learns that its worker is being stopped, and ends only when no heartbeat would be in time. */
  private static final class LateActivity implements Step {
    private final CountDownLatch began = new CountDownLatch(1);

    @Override
    public String work() {
      began.countDown();
      Awaitility.await().pollInSameThread().atMost(PATIENCE).until(LateActivity::isBeingStopped);
      long told = System.nanoTime();
      Awaitility.await().atMost(PATIENCE).until(() -> System.nanoTime() - told > LONGER.toNanos());
      return "done";
    }

    private static boolean isBeingStopped() {
      try {
        Activity.getExecutionContext().heartbeat(null);
        return false;
      } catch (ActivityWorkerShutdownException e) {
        return true;
      }
    }
  }
}
