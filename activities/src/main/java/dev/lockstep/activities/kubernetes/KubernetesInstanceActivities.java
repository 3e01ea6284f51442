package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.InstanceActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Makes and removes instances through the API server of Kubernetes, and leads Services to them.
 *
 * <p>Verbs that it needs in the namespaces of instances: get, list, create, patch, delete of
 * StatefulSets, Services, PersistentVolumeClaims, ConfigMaps, Secrets, ServiceAccounts; get, list
 * of pods, their logs and events; for throw-away places also get, list, create, delete of
 * Namespaces and create of NetworkPolicies.
 */
public final class KubernetesInstanceActivities implements InstanceActivities {
  /** An image of some gigabytes, a volume of a slow provisioner, and the start of a server. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final ClusterConnection cluster;
  private final Supplier<Reporter> reporters;
  private final Timing timing;

  /** For a worker. */
  public KubernetesInstanceActivities(ClusterConnection cluster) {
    this(cluster, TemporalReporter::current);
  }

  /**
   * For callers outside of a Temporal worker.
   *
   * @param reporters asked once a call
   */
  public KubernetesInstanceActivities(ClusterConnection cluster, Supplier<Reporter> reporters) {
    this(cluster, reporters, new Timing(InstantSource.system(), DEADLINE));
  }

  KubernetesInstanceActivities(
      ClusterConnection cluster, Supplier<Reporter> reporters, Timing timing) {
    this.cluster = cluster;
    this.reporters = reporters;
    this.timing = timing;
  }

  /**
   * How time passes.
   *
   * @param clock by which throw-away places expire
   * @param deadline of one wait; a call by another worker begins it anew
   */
  record Timing(InstantSource clock, Duration deadline) {}

  /** {@inheritDoc} Figures {@code pods}, {@code durationMillis}. */
  @Override
  public StepOutcome makeInstance(StepScope scope, BackupStep.MakeInstance step) {
    return new MakeInstance(objects(scope), step.instance(), looks(scope), timing.clock()).run();
  }

  /** {@inheritDoc} Figure {@code durationMillis}; none where nothing was there. */
  @Override
  public StepOutcome removeInstance(StepScope scope, BackupStep.RemoveInstance step) {
    return new RemoveInstance(objects(scope), step.instance(), looks(scope)).run();
  }

  @Override
  public StepOutcome keepInstance(StepScope scope, BackupStep.KeepInstance step) {
    return new KeepInstance(objects(scope), step.instance()).run();
  }

  @Override
  public StepOutcome switchService(StepScope scope, BackupStep.SwitchService step) {
    return new SwitchService(objects(scope), step.namespace(), step.service()).to(step.to());
  }

  @Override
  public StepOutcome switchBack(StepScope scope, BackupStep.SwitchBack step) {
    return new SwitchService(objects(scope), step.namespace(), step.service()).back();
  }

  /** {@inheritDoc} Waits until no pod is left. Figure {@code durationMillis}. */
  @Override
  public StepOutcome stopOld(StepScope scope, BackupStep.StopOld step) {
    return new StopOld(objects(scope), step, looks(scope)).run();
  }

  private RunObjects objects(StepScope scope) {
    return new RunObjects(cluster.client(scope.step()), scope.run(), scope.step());
  }

  private Looks looks(StepScope scope) {
    return new Looks(reporters.get(), scope.step(), timing.deadline());
  }
}
