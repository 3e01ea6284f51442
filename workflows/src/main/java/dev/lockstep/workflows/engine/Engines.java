package dev.lockstep.workflows.engine;

import io.temporal.common.converter.DataConverterException;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;

/**
 * What a worker registers so that it can run every kind of definition, and what schedules and runs
 * start.
 */
public final class Engines {
  private Engines() {}

  /** Registers all of them. */
  public static void register(Worker worker) {
    // With these a wrong input fails the run; by default it would hang.
    WorkflowImplementationOptions options =
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(
                DataConverterException.class, IllegalArgumentException.class)
            .build();
    worker.registerWorkflowImplementationTypes(
        options,
        MigrationEngine.class,
        BackupEngine.class,
        RestoreEngine.class,
        DrillEngine.class,
        ScheduledEngine.class,
        NotifyEngine.class);
  }

  /** Every worker that runs activities of Lockstep needs it: see {@link CancelBeforeRetry}. */
  public static WorkerInterceptor workerInterceptor() {
    return new CancelBeforeRetry();
  }
}
