package dev.lockstep.activities.planning;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Observation;
import java.util.List;

/** Looks at workloads of the cluster. */
public interface WorkloadObserver {
  /** For a worker without a cluster: none exists. */
  WorkloadObserver NONE = references -> List.of();

  /**
   * Those that exist, in the order asked.
   *
   * @throws io.temporal.failure.ApplicationFailure where the cluster cannot be asked
   */
  List<Observation.Workload> observe(List<WorkloadReference> references);
}
