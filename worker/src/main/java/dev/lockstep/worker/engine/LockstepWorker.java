package dev.lockstep.worker.engine;

import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.engine.Engines;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Polls the task queue and does the work. */
public final class LockstepWorker implements AutoCloseable {
  /** A cancel reaches an activity with its next heartbeat: at most this late. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

  /**
   * How long workflow code may think. The SDK's one second is over before a cold machine under load
   * has loaded the classes of the first plan; the task then fails and is tried again ten seconds
   * later.
   *
   * @see <a href="https://github.com/temporalio/sdk-java/issues/1141">sdk-java 1141</a>
   */
  private static final Duration THINKING_TIME = Duration.ofSeconds(10);

  /**
   * After this time a workflow task that waits for the worker which has the run in its memory goes
   * to any worker, at the cost of a replay. The default is 5 s: a killed worker would cost that on
   * top of the heartbeat timeout.
   */
  private static final Duration STICKY = Duration.ofSeconds(2);

  /** Longer than one batch and one heartbeat, so that a stop loses no work. */
  private static final long GRACE_SECONDS = 15;

  private final WorkerFactory factory;
  private final Heartbeats heartbeats;

  private LockstepWorker(WorkerFactory factory, Heartbeats heartbeats) {
    this.factory = factory;
    this.heartbeats = heartbeats;
  }

  /**
   * Starts polling.
   *
   * @param activities implementations of the activity interfaces of {@code workflows.contract}
   */
  public static LockstepWorker start(EngineConnection connection, Object... activities) {
    Heartbeats heartbeats = new Heartbeats();
    WorkerFactory factory =
        WorkerFactory.newInstance(
            connection.client(),
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(heartbeats, Engines.workerInterceptor())
                .build());
    Worker worker = factory.newWorker(RunControls.TASK_QUEUE, options(connection));
    Engines.register(worker);
    for (Object activity : activities) {
      worker.registerActivitiesImplementations(
          activity instanceof PlanActivities plans && connection.hasSearchAttributes()
              ? new SearchablePlans(plans)
              : activity);
    }
    factory.start();
    return new LockstepWorker(factory, heartbeats);
  }

  private static WorkerOptions options(EngineConnection connection) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(THINKING_TIME.toMillis())
            .setMaxHeartbeatThrottleInterval(HEARTBEAT_INTERVAL)
            .setDefaultHeartbeatThrottleInterval(HEARTBEAT_INTERVAL);
    // The test server never gives up a sticky queue: a killed worker's runs would hang for ever.
    options.setStickyQueueScheduleToStartTimeout(connection.isEmbedded() ? Duration.ZERO : STICKY);
    return options.build();
  }

  /** Stops taking work and waits for what is under way to reach its next batch boundary. */
  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    heartbeats.close();
  }
}
