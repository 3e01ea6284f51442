package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.contract.Progress;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reporter inside of a real activity of a real workflow. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TemporalReporterTest {
  private static final String QUEUE = "reporter";

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void progressReachesTheRunAndTheWishToStopTheActivity() {
    assertThat(heardOf(new TalkerImpl()))
        .isEqualTo(List.of("attempt 1", TalkerImpl.BEHIND, "stopped"));
  }

  @Test
  void theLastWordOfAnAttemptReachesTheRunHoweverShortTheAttemptWas() {
    assertThat(heardOf(new Stumbler())).contains("the disk is full");
  }

  private List<String> heardOf(Talker talker) {
    Worker worker =
        temporal.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(200))
                .build());
    worker.registerWorkflowImplementationTypes(ListenerImpl.class);
    worker.registerActivitiesImplementations(talker);
    temporal.start();
    Listener listener =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                Listener.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    WorkflowClient.start(listener::listen);

    List<?> heard = WorkflowStub.fromTyped(listener).getResult(List.class);
    return heard.stream().map(String::valueOf).toList();
  }

  /** Listens until an attempt goes on talking, then stops the activity. */
  @WorkflowInterface
  public interface Listener {
    /** What was heard. */
    @WorkflowMethod
    List<String> listen();

    /** From the activity. */
    @SignalMethod(name = "progress")
    void progress(Progress progress);
  }

  /** Talks until it is stopped. */
  @ActivityInterface
  public interface Talker {
    /** Ends only by being stopped. */
    void talk();
  }

  /** The workflow. */
  public static final class ListenerImpl implements Listener {
    private final List<String> heard = new ArrayList<>();
    private final Talker talker =
        Workflow.newActivityStub(
            Talker.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setHeartbeatTimeout(Duration.ofSeconds(10))
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build());

    @Override
    public List<String> listen() {
      List<Promise<@Nullable Void>> talks = new ArrayList<>();
      CancellationScope scope =
          Workflow.newCancellationScope(() -> talks.add(Async.procedure(talker::talk)));
      scope.run();
      // Not sooner: the embedded service may stand still where an attempt ends while it is
      // cancelled.
      Workflow.await(() -> heard.contains(TalkerImpl.BEHIND));
      scope.cancel();
      try {
        talks.get(0).get();
      } catch (RuntimeException e) {
        heard.add(
            e instanceof CanceledFailure || e.getCause() instanceof CanceledFailure
                ? "stopped"
                : "failed: " + e);
      }
      return heard;
    }

    @Override
    public void progress(Progress progress) {
      heard.addAll(progress.waitingFor());
    }
  }

  /** The activity. */
  public static final class TalkerImpl implements Talker {
    static final String BEHIND = "replica is behind";

    @Override
    public void talk() {
      TemporalReporter reporter = TemporalReporter.current();
      reporter.progress(said("attempt " + reporter.attempt()));
      talkUntilStopped(reporter);
    }

    static void talkUntilStopped(TemporalReporter reporter) {
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .ignoreExceptionsMatching(e -> !(e instanceof ActivityCanceledException))
          .until(
              () -> {
                reporter.progress(said(BEHIND));
                return false;
              });
    }

    static Progress said(String reason) {
      return new Progress("step", 1, 2, 3, Optional.empty(), List.of(reason));
    }
  }

  /** An activity whose first attempt fails at once. */
  public static final class Stumbler implements Talker {
    @Override
    public void talk() {
      TemporalReporter reporter = TemporalReporter.current();
      if (reporter.attempt() == 1) {
        reporter.progress(TalkerImpl.said("at work"));
        reporter.last(TalkerImpl.said("the disk is full"));
        throw new IllegalStateException("the disk is full");
      }
      TalkerImpl.talkUntilStopped(reporter);
    }
  }
}
