package dev.lockstep.workflows.engine;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/**
 * Asks, before an activity fails in a way that is retried, whether it was cancelled meanwhile; if
 * so it ends as cancelled.
 *
 * <p>The embedded service (temporal-test-server 1.38.0, {@code StateMachines.failActivityTask})
 * loses the retried failure of an activity whose cancellation was requested: no event is written
 * and the run waits until {@link ActivityPolicies.Policy#grace()} is over. A real server writes the
 * failure at once; there this costs one heartbeat for each failed try.
 */
final class CancelBeforeRetry extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Asking(next);
  }

  private static final class Asking extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext activity;

    Asking(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity = context;
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ApplicationFailure e) {
        if (!e.isNonRetryable() && activity != null) {
          activity.heartbeat(null);
        }
        throw e;
      }
    }
  }
}
