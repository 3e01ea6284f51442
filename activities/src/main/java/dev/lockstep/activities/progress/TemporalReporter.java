package dev.lockstep.activities.progress;

import dev.lockstep.workflows.contract.Progress;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.function.Consumer;

/** Heartbeats, and the signal {@code progress} to the workflow that started the activity. */
public final class TemporalReporter implements Reporter {
  /** Half of the second within which a cancelled activity shall stop. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);

  private final ActivityExecutionContext activity;
  private final SignalPace pace;
  private final LatestSender<Progress> sender;
  private long heartbeatAt = Long.MIN_VALUE;

  private TemporalReporter(ActivityExecutionContext activity) {
    this.activity = activity;
    this.pace = new SignalPace(System.nanoTime(), attempt() == 1);
    this.sender = new LatestSender<>(signals(activity));
  }

  /** For the activity that runs in this thread. */
  public static TemporalReporter current() {
    return of(Activity.getExecutionContext());
  }

  /** For that activity, also after its end, when no thread knows it any more. */
  public static TemporalReporter of(ActivityExecutionContext activity) {
    return new TemporalReporter(activity);
  }

  @Override
  public int attempt() {
    return activity.getInfo().getAttempt();
  }

  /** The service's clock and ours differ by less than anybody waits for. */
  @Override
  public Duration elapsed() {
    long elapsed = System.currentTimeMillis() - activity.getInfo().getScheduledTimestamp();
    return Duration.ofMillis(Math.max(0, elapsed));
  }

  @Override
  public void alive() {
    if (heartbeatIsDue()) {
      activity.heartbeat(null);
    }
  }

  @Override
  public void progress(Progress progress) {
    if (pace.due(progress, System.nanoTime())) {
      sender.send(progress);
    }
    alive();
  }

  @Override
  public void last(Progress progress) {
    sender.send(progress);
  }

  private synchronized boolean heartbeatIsDue() {
    long now = System.nanoTime();
    boolean due =
        heartbeatAt == Long.MIN_VALUE || now - heartbeatAt >= HEARTBEAT_INTERVAL.toNanos();
    if (due) {
      heartbeatAt = now;
    }
    return due;
  }

  private static Consumer<Progress> signals(ActivityExecutionContext activity) {
    ActivityInfo info = activity.getInfo();
    return progress ->
        activity
            .getWorkflowClient()
            .newUntypedWorkflowStub(info.getWorkflowId())
            .signal("progress", progress);
  }
}
