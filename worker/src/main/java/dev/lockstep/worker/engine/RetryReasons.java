package dev.lockstep.worker.engine;

import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.SchemaActivities;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the run why a step is tried again, so that its status says what for it waits: a thaw is
 * tried for an hour. What works on tables tells more itself.
 */
final class RetryReasons extends WorkerInterceptorBase {
  /** Each try is an event of the history. */
  private static final int ALL_OF_THE_FIRST = 5;

  private static final Set<String> TELL_THEMSELVES =
      Stream.of(SchemaActivities.class, RowActivities.class)
          .map(POJOActivityInterfaceMetadata::newInstance)
          .flatMap(type -> type.getMethodsMetadata().stream())
          .map(POJOActivityMethodMetadata::getActivityTypeName)
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Telling(next);
  }

  private static final class Telling extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext activity;

    Telling(ActivityInboundCallsInterceptor next) {
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
        ActivityExecutionContext failed = activity;
        if (!e.isNonRetryable() && failed != null) {
          step(input).ifPresent(step -> tell(failed, step, e.getOriginalMessage()));
        }
        throw e;
      }
    }
  }

  private static void tell(ActivityExecutionContext activity, String step, @Nullable String why) {
    int attempt = activity.getInfo().getAttempt();
    boolean counts = attempt <= ALL_OF_THE_FIRST || attempt % ALL_OF_THE_FIRST == 0;
    if (counts && !TELL_THEMSELVES.contains(activity.getInfo().getActivityType())) {
      List<String> reasons = Optional.ofNullable(why).stream().toList();
      TemporalReporter.of(activity).last(new Progress(step, 0, 0, 0, Optional.empty(), reasons));
    }
  }

  /** Every activity of a step gets its scope first. */
  private static Optional<String> step(ActivityInboundCallsInterceptor.ActivityInput input) {
    Object[] arguments = input.getArguments();
    return arguments.length > 0 && arguments[0] instanceof StepScope scope
        ? Optional.of(scope.step())
        : Optional.empty();
  }
}
