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

  /**
   * For activities to learn from their next heartbeat that they shall stop, and to say so: longer
   * than one batch.
   */
  private static final Duration ORDERLY_STOP = Duration.ofSeconds(3);

  /** For what did not listen and is interrupted. */
  private static final Duration FORCED_STOP = Duration.ofSeconds(12);

  /** Between two looks whether all has ended; the SDK's one second would be felt at every stop. */
  private static final Duration STOP_LOOK = Duration.ofMillis(20);

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
                .setWorkerInterceptors(heartbeats, new RetryReasons(), Engines.workerInterceptor())
                .setShutdownCheckInterval(STOP_LOOK)
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

  /**
   * Stops taking work and waits for what is under way to reach its next batch boundary. Only what
   * does not listen is interrupted: an interrupt that meets an activity while it sends its answer
   * breaks that call off, and the next worker would wait for the heartbeat timeout.
   */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(ORDERLY_STOP.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
    factory.awaitTermination(FORCED_STOP.toMillis(), TimeUnit.MILLISECONDS);
    heartbeats.close();
  }
}
