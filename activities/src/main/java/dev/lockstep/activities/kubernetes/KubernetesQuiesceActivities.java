package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.QuiesceActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Stops and starts workloads, freezes and thaws pods through the API server of Kubernetes.
 *
 * <p>Verbs that it needs: get and patch of Deployments, get and list of pods; for commands also get
 * and patch of StatefulSets, create and get of pods/exec.
 */
public final class KubernetesQuiesceActivities implements QuiesceActivities {
  private final ClusterConnection cluster;
  private final Supplier<Reporter> reporters;
  private final InPod commands;

  /** For a worker. */
  public KubernetesQuiesceActivities(ClusterConnection cluster) {
    this(cluster, TemporalReporter::current);
  }

  /**
   * For callers outside of a Temporal worker.
   *
   * @param reporters asked once a call
   */
  public KubernetesQuiesceActivities(ClusterConnection cluster, Supplier<Reporter> reporters) {
    this(cluster, reporters, new PodCommand(new PodPrograms(cluster)));
  }

  KubernetesQuiesceActivities(
      ClusterConnection cluster, Supplier<Reporter> reporters, InPod commands) {
    this.cluster = cluster;
    this.reporters = reporters;
    this.commands = commands;
  }

  /** {@inheritDoc} Figures {@code pods} that it had, {@code durationMillis}. */
  @Override
  public StepOutcome stopWorkload(StepScope scope, BackupStep.StopWorkload step) {
    Deployments deployments =
        new Deployments(cluster.client(scope.step()), step.workload(), scope.step());
    return new StopWorkload(objects(scope), step, deployments, looks(scope, step.limit())).run();
  }

  /**
   * {@inheritDoc} Figures {@code pods} that are wanted, {@code available} of them, {@code
   * durationMillis}; none where it did not stand still.
   */
  @Override
  public StepOutcome startWorkload(StepScope scope, BackupStep.StartWorkload step) {
    Deployments deployments =
        new Deployments(cluster.client(scope.step()), step.workload(), scope.step());
    return new StartWorkload(objects(scope), step, deployments, looks(scope, step.limit())).run();
  }

  @Override
  public StepOutcome freeze(StepScope scope, BackupStep.Freeze step) {
    FrozenPod pod = new FrozenPod(objects(scope), new PodPrograms(cluster), step.pod());
    return new Freeze(pod, step, commands, reporters.get()).run();
  }

  @Override
  public StepOutcome thaw(StepScope scope, BackupStep.Thaw step) {
    FrozenPod pod = new FrozenPod(objects(scope), new PodPrograms(cluster), step.pod());
    return new Thaw(pod, step, commands, reporters.get()).run();
  }

  private RunObjects objects(StepScope scope) {
    return new RunObjects(cluster.client(scope.step()), scope.run(), scope.step());
  }

  private Looks looks(StepScope scope, Duration limit) {
    return new Looks(reporters.get(), scope.step(), limit);
  }
}
