package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.contract.WorkloadActivities;
import java.util.function.Supplier;

/** Changes workloads through the API server of Kubernetes. */
public final class KubernetesWorkloadActivities implements WorkloadActivities {
  private final ClusterConnection cluster;
  private final Supplier<Reporter> reporters;

  /** For a worker. */
  public KubernetesWorkloadActivities(ClusterConnection cluster) {
    this(cluster, TemporalReporter::current);
  }

  /**
   * For callers outside of a Temporal worker.
   *
   * @param reporters asked once a call
   */
  public KubernetesWorkloadActivities(ClusterConnection cluster, Supplier<Reporter> reporters) {
    this.cluster = cluster;
    this.reporters = reporters;
  }

  /** {@inheritDoc} Figures {@code pods}, {@code durationMillis}. */
  @Override
  public StepOutcome rollOut(StepScope scope, Action.RollOut action) {
    Deployments deployments = deployments(action.workload(), scope);
    return new RollOutWorkload(scope, action, deployments, reporters.get()).run();
  }

  /** {@inheritDoc} Figures {@code pods}, {@code durationMillis}; none where nothing was done. */
  @Override
  public StepOutcome rollBack(StepScope scope, Action.RollBack action) {
    Deployments deployments = deployments(action.workload(), scope);
    return new RollBackWorkload(scope, action, deployments, reporters.get()).run();
  }

  private Deployments deployments(WorkloadReference workload, StepScope scope) {
    return new Deployments(cluster.client(scope.step()), workload, scope.step());
  }
}
