package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a rollout is complete and the last old pod has ended, with one look at the API server
 * at a time. A look is one GET; a watch would need its own reconnecting and would still have to
 * look for its deadline and for being cancelled.
 */
final class AwaitRollout {
  /** Between two looks while a rollout is young: small ones are over in a few seconds. */
  private static final Duration SHORT_PAUSE = Duration.ofMillis(250);

  /** Between two looks after that: what a cancelled activity may take to stop. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

  private static final Duration YOUNG = Duration.ofSeconds(30);

  /**
   * Before this, the controller's verdict may still be that on the template before: going back to a
   * template that it knows, it keeps its condition until it sees some progress.
   */
  private static final Duration VERDICT_SETTLED = Duration.ofSeconds(5);

  private final Goal goal;
  private final Deployments deployments;
  private final Reporter reporter;
  private final Stopwatch stopwatch = new Stopwatch();

  AwaitRollout(Goal goal, Deployments deployments, Reporter reporter) {
    this.goal = goal;
    this.deployments = deployments;
    this.reporter = reporter;
  }

  /**
   * What is waited for.
   *
   * @param images that the Deployment has all the time; others are somebody else's
   * @param deadline from the beginning of this wait; a call by another worker begins it anew
   * @param what is waited for, for people: {@code rollout}
   */
  record Goal(SortedMap<String, String> images, Duration deadline, String what) {}

  /**
   * Waits.
   *
   * @return the Deployment when it was complete
   * @throws io.temporal.failure.ApplicationFailure ROLLOUT_FAILED after the deadline, or where the
   *     controller gave up; WORKLOAD_CHANGED where somebody changes the images meanwhile
   */
  Deployment run() {
    while (true) {
      reporter.alive();
      Deployment now = deployments.read();
      requireOurImages(now);
      DeploymentProgress progress = DeploymentProgress.of(now);
      List<String> reasons = progress.reasons();
      if (progress.state() == DeploymentProgress.State.COMPLETE) {
        reasons = new OldPods(deployments, now).running();
        if (reasons.isEmpty()) {
          return now;
        }
      }
      if (givenUp(progress) || late()) {
        throw failed(now, progress, reasons);
      }
      reporter.progress(
          new Progress(
              deployments.step(),
              progress.available(),
              progress.wanted(),
              0,
              Optional.empty(),
              reasons));
      pause();
    }
  }

  private boolean givenUp(DeploymentProgress progress) {
    return progress.state() == DeploymentProgress.State.GIVEN_UP
        && stopwatch.elapsed().compareTo(VERDICT_SETTLED) >= 0;
  }

  private boolean late() {
    return stopwatch.elapsed().compareTo(goal.deadline()) >= 0;
  }

  private void requireOurImages(Deployment now) {
    SortedMap<String, String> present = Deployments.images(now);
    goal.images()
        .forEach(
            (container, image) -> {
              if (!image.equals(present.get(container))) {
                throw Faults.failure(
                    FaultCode.WORKLOAD_CHANGED,
                    deployments.reference()
                        + ": during the "
                        + goal.what()
                        + " the image of container "
                        + container
                        + " became "
                        + present.getOrDefault(container, "nothing")
                        + " instead of "
                        + image
                        + ", set by "
                        + String.join(", ", AppliedFields.imageOwners(now, container)),
                    deployments.step());
              }
            });
  }

  private RuntimeException failed(
      Deployment now, DeploymentProgress progress, List<String> reasons) {
    String limit =
        progress.state() == DeploymentProgress.State.GIVEN_UP
            ? "was given up by the controller after " + seconds(stopwatch.elapsed())
            : "is not complete within " + seconds(goal.deadline());
    return Faults.failure(
        FaultCode.ROLLOUT_FAILED,
        goal.what()
            + " of "
            + deployments.reference()
            + " to "
            + goal.images()
            + " "
            + limit
            + ": "
            + String.join("; ", reasons)
            + new PodDiagnosis(deployments, now).text(),
        deployments.step());
  }

  private void pause() {
    Duration pause = stopwatch.elapsed().compareTo(YOUNG) < 0 ? SHORT_PAUSE : LONG_PAUSE;
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      reporter.alive();
      throw Faults.failure(
          FaultCode.STEP_TIMED_OUT,
          "the worker was stopped while it waited for the " + goal.what(),
          deployments.step());
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSecondsPart() == 0 && duration.toMinutes() > 0
        ? duration.toMinutes() + "m"
        : String.format(java.util.Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
  }
}
