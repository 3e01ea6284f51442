package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.planning.WorkloadObserver;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Observation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * Looks at workloads through the API server. The cluster is not touched where none is asked for.
 */
public final class KubernetesWorkloads implements WorkloadObserver {
  private final ClusterConnection cluster;

  /** Looks where {@code cluster} leads. */
  public KubernetesWorkloads(ClusterConnection cluster) {
    this.cluster = cluster;
  }

  @Override
  public List<Observation.Workload> observe(List<WorkloadReference> references) {
    return references.stream()
        .flatMap(
            reference ->
                new Deployments(cluster.client(""), reference, "")
                    .find().map(found -> workload(reference, found)).stream())
        .toList();
  }

  private static Observation.Workload workload(WorkloadReference reference, Deployment found) {
    int replicas = Optional.ofNullable(found.getSpec().getReplicas()).orElse(1);
    return new Observation.Workload(reference, replicas, Deployments.images(found));
  }
}
