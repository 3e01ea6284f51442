package dev.lockstep.worker.engine;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every activity heartbeat for as long as this process lives, also the short ones, so that a
 * killed worker is noticed within the heartbeat timeout whatever it was doing. It says only that
 * the process is alive, also while it is being stopped: an activity that must stop on a cancel
 * still asks for it itself.
 */
final class Heartbeats extends WorkerInterceptorBase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final long EVERY_SECONDS = 1;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "heartbeats");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Beating(next);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private final class Beating extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext context;

    Beating(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      this.context = context;
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ScheduledFuture<?> beats =
          clock.scheduleWithFixedDelay(this::beat, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
      try {
        return super.execute(input);
      } finally {
        beats.cancel(false);
        // Set where the worker is being stopped. The answer is still to be sent from this thread,
        // and gRPC breaks off a call of an interrupted one: the next worker would wait for the
        // timeout.
        Thread.interrupted();
      }
    }

    private void beat() {
      ActivityExecutionContext running = context;
      try {
        if (running != null) {
          running.heartbeat(null);
        }
      } catch (ActivityWorkerShutdownException e) {
        beatItself(running);
      } catch (ActivityCompletionException e) {
        // A cancel: the activity learns of it from its own heartbeat, where it can stop in order.
      }
    }

    /**
     * From the moment on in which a worker is being stopped, the SDK sends no heartbeats: a batch
     * that ends late on a busy machine would count as one of a worker that died. Its own setting to
     * go on with them would keep the wish to stop from the activities.
     */
    private void beatItself(ActivityExecutionContext running) {
      WorkflowClient client = running.getWorkflowClient();
      try {
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(EVERY_SECONDS, TimeUnit.SECONDS)
            .recordActivityTaskHeartbeat(
                RecordActivityTaskHeartbeatRequest.newBuilder()
                    .setTaskToken(ByteString.copyFrom(running.getTaskToken()))
                    .setNamespace(client.getOptions().getNamespace())
                    .setIdentity(client.getOptions().getIdentity())
                    .build());
      } catch (StatusRuntimeException e) {
        LOG.debug("no heartbeat while the worker is being stopped", e);
      }
    }
  }
}
