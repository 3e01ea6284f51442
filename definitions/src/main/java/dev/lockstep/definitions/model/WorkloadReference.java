package dev.lockstep.definitions.model;

/**
 * A workload of the cluster.
 *
 * @param kind {@code Deployment}
 */
public record WorkloadReference(Kind kind, String namespace, String name) {
  /** What Lockstep can roll out. */
  public enum Kind {
    /** {@code apps/v1 Deployment}. */
    DEPLOYMENT
  }

  @Override
  public String toString() {
    return "Deployment " + namespace + "/" + name;
  }
}
